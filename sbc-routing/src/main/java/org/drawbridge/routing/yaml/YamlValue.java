package org.drawbridge.routing.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value somewhere in a document: text, a list or a section of keys. Reading it as what it is not
 * reports a problem at its place and gives null.
 */
public final class YamlValue {

  /** Characters of a value that a message repeats. */
  private static final int MAX_QUOTED = 60;

  private final Node node;
  private final YamlContext context;

  YamlValue(Node node, YamlContext context) {
    this.node = node;
    this.context = context;
  }

  /** Reports a mistake at this value; always null, to be returned at once. */
  public <T> @Nullable T problem(String message) {
    context.problems().error(node.getStartMark(), message);
    return null;
  }

  /** Points out a choice that deserves a second look. */
  public void warning(String message) {
    context.problems().warning(node.getStartMark(), message);
  }

  /** Tells that a file is read because of this value, so that it can be watched for changes. */
  public void reads(Path file) {
    context.reads().accept(file);
  }

  /** Whether this is a single text. */
  public boolean isText() {
    return node instanceof ScalarNode;
  }

  /** Whether this is a section of keys. */
  public boolean isSection() {
    return node instanceof MappingNode;
  }

  /**
   * The text as written, shortened and on one line, for messages. Variables are not filled in, so
   * what comes from the environment stays unseen.
   */
  public String written() {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "this";
    String line =
        text.codePoints()
            .limit(MAX_QUOTED)
            .map(YamlValue::visible)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() < text.length() ? line + "..." : line;
  }

  private static int visible(int codePoint) {
    return Character.isISOControl(codePoint) ? ' ' : codePoint;
  }

  /** The text with {@code ${NAME}} replaced from the environment; null after a problem. */
  public @Nullable String text() {
    if (!(node instanceof ScalarNode scalar)) {
      return problem("one value is wanted here, not " + (isSection() ? "a section" : "a list"));
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      return problem("a value is missing here");
    }
    String text = Variables.fill(scalar.getValue(), this, context.environment());
    if (text != null && text.chars().anyMatch(Character::isISOControl)) {
      return problem("line breaks and control characters are not allowed in a value");
    }
    return text;
  }

  /** The values of a list; a value alone counts as a list of one. */
  public List<YamlValue> list() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<YamlValue> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      values.add(new YamlValue(item, context));
    }
    return values;
  }

  /** The values of a list, each read by {@code reader}; bad ones are reported and left out. */
  public <T> List<T> list(ValueReader<T> reader) {
    List<T> values = new ArrayList<>();
    for (YamlValue item : list()) {
      T read = reader.read(item);
      if (read != null) {
        values.add(read);
      }
    }
    return values;
  }

  /** The keys of a section; null after a problem. */
  public @Nullable Section section() {
    if (node instanceof MappingNode mapping) {
      return Section.of(this, mapping, context);
    }
    return problem("a section of keys is wanted here, not " + (isText() ? "a value" : "a list"));
  }
}
