package org.drawbridge.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the session level or of one media description, in order, with an index of its
 * attributes. Immutable.
 */
public final class SdpSection {

  private final List<SdpLine> lines;
  private final Map<String, List<String>> attributes;

  /** A section of these lines. */
  public SdpSection(List<SdpLine> lines) {
    this.lines = List.copyOf(lines);
    this.attributes = index(this.lines);
  }

  private static Map<String, List<String>> index(List<SdpLine> lines) {
    Map<String, List<String>> index = new HashMap<>();
    for (SdpLine line : lines) {
      if (line.type() == 'a') {
        int colon = line.value().indexOf(':');
        String name = colon < 0 ? line.value() : line.value().substring(0, colon);
        String value = colon < 0 ? "" : line.value().substring(colon + 1);
        index.computeIfAbsent(name.strip(), n -> new ArrayList<>(1)).add(value.strip());
      }
    }
    return index;
  }

  /** All lines as they came. */
  public List<SdpLine> lines() {
    return lines;
  }

  /** Whether the attribute is here, with or without a value. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** The first value of an attribute, empty for a property attribute, null when absent. */
  public @Nullable String first(String attribute) {
    List<String> values = attributes.get(attribute);
    return values == null ? null : values.getFirst();
  }

  /** All values of an attribute, in order. */
  public List<String> all(String attribute) {
    return List.copyOf(attributes.getOrDefault(attribute, List.of()));
  }

  /** The value of the first line of a type other than {@code a}, null when there is none. */
  public @Nullable String line(char type) {
    for (SdpLine line : lines) {
      if (line.type() == type) {
        return line.value();
      }
    }
    return null;
  }
}
