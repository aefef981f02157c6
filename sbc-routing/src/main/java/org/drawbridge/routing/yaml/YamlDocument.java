package org.drawbridge.routing.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.drawbridge.routing.value.FileWords;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns a YAML file into a tree of {@link YamlValue}s. Whatever the file holds, mistakes are
 * values.
 */
public final class YamlDocument {

  /** Largest file taken, in bytes: a hundred times what a large installation needs. */
  public static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting taken. The files go six deep; composing a tree needs stack for each level. */
  private static final int MAX_DEPTH = 32;

  private static final char NO_BREAK_SPACE = '\u00a0';

  private YamlDocument() {}

  /** Reads a file as UTF-8; null after a mistake, which is then among {@code problems}. */
  public static @Nullable String read(Path file, Problems problems) {
    return read(file, problems, problems::error);
  }

  /** The same, where {@code missing} is told of a file that is not there or cannot be read. */
  static @Nullable String read(Path file, Problems problems, Consumer<String> missing) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        problems.error("is larger than " + MAX_BYTES + " bytes");
        return null;
      }
      return decode(bytes, problems);
    } catch (NoSuchFileException _) {
      String where = file.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath();
      missing.accept("there is no such file" + where);
    } catch (IOException e) {
      missing.accept("cannot be read: " + FileWords.of(e));
    }
    return null;
  }

  private static @Nullable String decode(byte[] bytes, Problems problems) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean isWrong = StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError();
    String good = text.flip().toString();
    if (isWrong) {
      int line = 1 + (int) good.chars().filter(c -> c == '\n').count();
      int column = good.length() - good.lastIndexOf('\n');
      problems.error(line, column, "not UTF-8 text: save the file as UTF-8");
      return null;
    }
    return good;
  }

  /** The root of the document; null after a mistake or where the text holds no value. */
  public static @Nullable YamlValue parse(String text, Problems problems, Environment environment) {
    return parse(text, problems, environment, file -> {});
  }

  /** The same, telling of every file that the document names to be read. */
  public static @Nullable YamlValue parse(
      String text, Problems problems, Environment environment, Consumer<Path> reads) {
    if (!printable(text, problems) || !indentedBySpaces(text, problems)) {
      return null;
    }
    LoadSettings settings = settings(text);
    try {
      if (!bounded(settings, text, problems)) {
        return null;
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.error("holds no settings");
        return null;
      }
      return new YamlValue(root.get(), new YamlContext(problems, environment, reads));
    } catch (MarkedYamlEngineException e) {
      SyntaxWords.tell(e, problems);
    } catch (YamlEngineException e) {
      problems.error("not YAML: " + e.getMessage());
    }
    return null;
  }

  /**
   * The buffer takes the whole text: where a smaller one ends between the halves of a surrogate
   * pair, the library reads past its end.
   */
  private static LoadSettings settings(String text) {
    return LoadSettings.builder()
        .setUseMarks(true)
        .setAllowNonScalarKeys(true)
        .setCodePointLimit(MAX_BYTES)
        .setBufferSize(text.length() + 1)
        .build();
  }

  /** Walks the events, which needs no stack, before anything recursive touches the text. */
  private static boolean bounded(LoadSettings settings, String text, Problems problems) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
        problems.error(
            event.getStartMark(),
            "anchors (&) and aliases (*) are not read here: write it out, or in \"quotes\" what is none");
        return false;
      }
      if (event instanceof ScalarEvent scalar && scalar.isPlain() && isCurly(scalar.getValue())) {
        problems.error(
            event.getStartMark(),
            "curly quotes are part of the value here: write straight \"quotes\" around it");
        return false;
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MAX_DEPTH) {
        problems.error(event.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels");
        return false;
      }
    }
    return true;
  }

  /** As word processors and web pages make of straight quotes. */
  private static boolean isCurly(String value) {
    return !value.isEmpty() && "\u201c\u201d\u201e\u2018\u2019\u201a".indexOf(value.charAt(0)) >= 0;
  }

  /**
   * What web pages indent by looks like a space and is none for YAML, so that it would become part
   * of a key.
   */
  private static boolean indentedBySpaces(String text, Problems problems) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int at = line.indexOf(NO_BREAK_SPACE);
      if (at >= 0 && line.substring(0, at).isBlank()) {
        problems.error(number, at + 1, "a no-break space, where YAML takes plain ones only");
        return false;
      }
    }
    return true;
  }

  /** Half a surrogate pair counts as unprintable too. */
  private static boolean printable(String text, Problems problems) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (!StreamReader.isPrintable(codePoint)) {
        String advice = codePoint == 0 ? ": save the file as UTF-8" : "";
        problems.error(
            line, column, String.format("unprintable character U+%04X%s", codePoint, advice));
        return false;
      }
      line += codePoint == '\n' ? 1 : 0;
      column = codePoint == '\n' ? 1 : column + 1;
    }
    return true;
  }
}
