package org.drawbridge.routing.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
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

  /** The values of several files that are read as one, the first of them this; usually none. */
  private final List<YamlValue> parts;

  /** Whether those are whole documents, whose keys are joined in turn. */
  private final boolean documents;

  YamlValue(Node node, YamlContext context) {
    this(node, context, List.of(), false);
  }

  private YamlValue(Node node, YamlContext context, List<YamlValue> parts, boolean documents) {
    this.node = node;
    this.context = context;
    this.parts = List.copyOf(parts);
    this.documents = documents;
  }

  /** The roots of several documents as one; not empty. */
  static YamlValue merged(List<YamlValue> roots) {
    YamlValue first = roots.getFirst();
    return new YamlValue(first.node, first.context, roots, true);
  }

  /** This and the value of the same key in another file as one list or one section. */
  YamlValue with(YamlValue other) {
    List<YamlValue> all = new ArrayList<>(parts.isEmpty() ? List.of(this) : parts);
    all.add(other);
    return new YamlValue(node, context, all, false);
  }

  /** Whether another value is in the same file. */
  boolean isBeside(YamlValue other) {
    return context.problems().file().equals(other.context.problems().file());
  }

  /** Its file, line and column. */
  public ConfigPlace position() {
    String file = context.problems().file();
    return node.getStartMark()
        .map(mark -> new ConfigPlace(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> new ConfigPlace(file, 0, 0));
  }

  /** The value of a key of this section, whatever else is wrong with it; null if there is none. */
  @Nullable YamlValue peek(String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return new YamlValue(tuple.getValueNode(), context);
        }
      }
    }
    return null;
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
    return node instanceof ScalarNode && parts.isEmpty();
  }

  /** Whether a key has no value at all. */
  private boolean isNothing() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  /** The keys and values in one file, in their order. */
  Map<YamlValue, YamlValue> tuples() {
    Map<YamlValue, YamlValue> all = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        all.put(
            new YamlValue(tuple.getKeyNode(), context),
            new YamlValue(tuple.getValueNode(), context));
      }
    }
    return all;
  }

  /** The word that a key is; null where it is no single word. */
  @Nullable String word() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
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
    if (!parts.isEmpty() && !isSection()) {
      return parts
          .get(1)
          .problem("one value is wanted here, and it stands at " + position() + " too");
    }
    if (!(node instanceof ScalarNode scalar)) {
      return problem("one value is wanted here, not " + (isSection() ? "a section" : "a list"));
    }
    if (isNothing()) {
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
    if (!parts.isEmpty() && !isSection()) {
      return parts.stream().flatMap(part -> part.list().stream()).toList();
    }
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
    if (isSection()) {
      return Section.of(this, parts.isEmpty() ? List.of(this) : parts, documents);
    }
    return problem(
        isNothing()
            ? "nothing stands here: write what belongs here, or leave its key out too"
            : "a section of keys is wanted here, not " + (isText() ? "a value" : "a list"));
  }
}
