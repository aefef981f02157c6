package org.drawbridge.routing.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one section. Every key that is asked for is thereby a valid one; {@link #close} then
 * reports the keys that nobody asked for, so that the code that reads a section is also its list of
 * keys.
 */
public final class Section {

  /** Valid names that a message repeats; there may be thousands of accounts. */
  private static final int MAX_NAMED = 50;

  private final YamlValue place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final TreeSet<String> valid = new TreeSet<>();
  private final Set<String> wrong = new HashSet<>();

  private record Entry(YamlValue key, YamlValue value) {}

  private Section(YamlValue place) {
    this.place = place;
  }

  /**
   * The keys of all parts.
   *
   * @param parts the same section in several files; usually one
   * @param joins whether what stands under the same key in two of them is joined, too
   */
  static Section of(YamlValue place, List<YamlValue> parts, boolean joins) {
    Section section = new Section(place);
    for (YamlValue part : parts) {
      part.tuples().forEach((key, value) -> section.add(new Entry(key, value), joins));
    }
    return section;
  }

  private void add(Entry entry, boolean joins) {
    YamlValue key = entry.key;
    String word = key.word();
    if (word == null) {
      key.problem("a key is a single word");
      return;
    }
    Entry before = entries.putIfAbsent(word, entry);
    if (before == null) {
      return;
    }
    if (key.isBeside(before.key)) {
      key.problem("\"" + key.written() + "\" stands here twice");
    } else if (joins && before.value.isSection() == entry.value.isSection()) {
      entries.put(word, new Entry(before.key, before.value.with(entry.value)));
    } else {
      key.problem("\"" + key.written() + "\" stands at " + before.key.position() + " too");
    }
  }

  /** Where the section begins, for problems that concern all of it. */
  public YamlValue place() {
    return place;
  }

  /** Whether the key is there; a check alone does not make it valid. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The value of a key, or null where the key is not there. */
  public @Nullable YamlValue find(String key) {
    valid.add(key);
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** Reads a key; null where it is not there or wrong. */
  public <T> @Nullable T optional(String key, ValueReader<T> reader) {
    YamlValue value = find(key);
    T read = value == null ? null : reader.read(value);
    if (value != null && read == null) {
      wrong.add(key);
    }
    return read;
  }

  /**
   * Whether none of these was found wrong by {@code optional}. What concerns several keys is only
   * worth telling then: a fallback in place of one says nothing of what the operator meant.
   */
  public boolean isGood(String... keys) {
    return Arrays.stream(keys).noneMatch(wrong::contains);
  }

  /** Reads a key; {@code fallback} where it is not there or wrong. */
  public <T> T optional(String key, ValueReader<T> reader, T fallback) {
    T read = optional(key, reader);
    return read == null ? fallback : read;
  }

  /** Reads a key that must be there; {@code placeholder} after a problem. */
  public <T> T required(String key, ValueReader<T> reader, T placeholder) {
    YamlValue value = find(key);
    if (value == null) {
      place.problem("\"" + key + "\" is missing here");
      return placeholder;
    }
    T read = reader.read(value);
    return read == null ? placeholder : read;
  }

  /** Reads a list; {@code fallback} where the key is not there. */
  public <T> List<T> list(String key, ValueReader<T> reader, List<T> fallback) {
    YamlValue value = find(key);
    return value == null ? fallback : value.list(reader);
  }

  /**
   * Reads a section within this one and closes it; {@code fallback} where it is not there or wrong.
   */
  public <T> T section(String key, SectionReader<T> reader, T fallback) {
    return optional(key, reader::readClosed, fallback);
  }

  /**
   * Reads the keys that nobody has asked for, as names of the operator's own choosing, such as
   * trunks.
   *
   * @param reader gets the name's place, whose {@code written} is the name, and the value
   */
  public <T> Map<String, T> named(BiFunction<YamlValue, YamlValue, @Nullable T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (valid.add(entry.getKey())) {
        T read = reader.apply(entry.getValue().key(), entry.getValue().value());
        if (read != null) {
          all.put(entry.getKey(), read);
        }
      }
    }
    return all;
  }

  /** Reports every key that nobody asked for. */
  public void close() {
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (!valid.contains(entry.getKey())) {
        YamlValue key = entry.getValue().key();
        key.problem(unknown("key", key.written(), valid));
      }
    }
  }

  /** Words for a name that is not among the valid ones, with the nearest of them. */
  public static String unknown(String what, String name, Collection<String> valid) {
    String nearest = Nearest.to(name, valid);
    String list = valid.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    int untold = valid.size() - MAX_NAMED;
    return "unknown "
        + what
        + " \""
        + name
        + "\""
        + (nearest == null ? "" : ": did you mean \"" + nearest + "\"?")
        + (nearest == null ? "; " : " ")
        + "valid: "
        + (list.isEmpty() ? "none" : list)
        + (untold > 0 ? " and " + untold + " more" : "");
  }
}
