package org.drawbridge.routing.yaml;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import org.drawbridge.routing.value.FileWords;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document and those that it names under {@code include} as if all were one: at the top,
 * lists are joined, main document first, and sections of the same name have the keys of both.
 * Mistakes name the file that they are in.
 */
public final class YamlFiles {

  /** The key that names further files. */
  public static final String INCLUDE = "include";

  /** More are a mistake, such as a wild card in the wrong directory. */
  static final int MAX_FILES = 64;

  private final Problems problems;
  private final Environment environment;
  private final Consumer<Path> inputs;
  private final List<YamlValue> documents = new ArrayList<>();
  private final Map<Path, Path> seen = new HashMap<>();

  private YamlFiles(Problems problems, Environment environment, Consumer<Path> inputs) {
    this.problems = problems;
    this.environment = environment;
    this.inputs = inputs;
  }

  /**
   * Reads a file and what it includes.
   *
   * @param inputs told of each file and of each directory that a wild card looks into
   * @return null if the file itself cannot be read as YAML, which is then among {@code problems}
   */
  public static @Nullable YamlValue read(
      Path file, Problems problems, Environment environment, Consumer<Path> inputs) {
    YamlFiles files = new YamlFiles(problems, environment, inputs);
    files.seen.put(absolute(file), file);
    inputs.accept(file);
    String text = YamlDocument.read(file, problems);
    return text == null ? null : files.all(YamlDocument.parse(text, problems, environment, inputs));
  }

  /** As {@link #read}, for a text that was read already. */
  public static @Nullable YamlValue parse(String text, Problems problems, Environment environment) {
    YamlFiles files = new YamlFiles(problems, environment, input -> {});
    return files.all(YamlDocument.parse(text, problems, environment));
  }

  private @Nullable YamlValue all(@Nullable YamlValue root) {
    if (root == null) {
      return null;
    }
    add(root);
    return documents.size() == 1 ? root : YamlValue.merged(documents);
  }

  private void add(YamlValue document) {
    documents.add(document);
    YamlValue included = document.peek(INCLUDE);
    for (YamlValue item : included == null ? List.<YamlValue>of() : included.list()) {
      Path path = Scalars.output(item);
      if (path != null) {
        files(path, item).forEach(file -> include(file, item));
      }
    }
  }

  private void include(Path file, YamlValue item) {
    Path before = seen.putIfAbsent(absolute(file), file);
    if (before != null) {
      item.problem(file + " is read already: no file can include itself or stand twice");
    } else if (seen.size() > MAX_FILES) {
      item.problem("more than " + MAX_FILES + " files");
    } else if (Files.isDirectory(file)) {
      item.problem(file + " is a directory: for the files in it, write " + file + "/*.yaml");
    } else {
      inputs.accept(file);
      Problems within = problems.in(file.toString());
      String text = YamlDocument.read(file, within, words -> item.problem(file + ": " + words));
      YamlValue document =
          text == null ? null : YamlDocument.parse(text, within, environment, inputs);
      if (document != null && document.isSection()) {
        add(document);
      } else if (document != null) {
        document.problem("a section of keys is wanted here");
      }
    }
  }

  /** The file itself, or those that match, sorted by their names. */
  private List<Path> files(Path path, YamlValue item) {
    Path name = path.getFileName();
    if (name == null || !name.toString().matches(".*[*?\\[{].*")) {
      return List.of(path);
    }
    Path parent = path.getParent();
    Path directory = parent == null ? Path.of("") : parent;
    inputs.accept(directory);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> matches = Files.newDirectoryStream(directory, name.toString())) {
      for (Path match : matches) {
        if (found.size() <= MAX_FILES) {
          found.add(match);
        }
      }
    } catch (NoSuchFileException _) {
      item.problem("there is no directory " + directory);
    } catch (IOException e) {
      item.problem(directory + " cannot be looked into: " + FileWords.of(e));
    } catch (PatternSyntaxException e) {
      item.problem("\"" + name + "\" is no name with wild cards: " + e.getDescription());
    }
    return found.stream().sorted().toList();
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
