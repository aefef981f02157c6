package org.drawbridge.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a browser noted since its page was loaded: JsSIP's events in order. */
public record Diary(List<Entry> entries) {

  /**
   * One event.
   *
   * @param name JsSIP's event name
   * @param facts what came with it: status, cause, originator, reason, warning and so on
   */
  public record Entry(String name, Map<String, Object> facts) {

    /** When it was, in ms since 1970. */
    public long millis() {
      return facts.get("at") instanceof Number at ? at.longValue() : 0;
    }

    /** A fact as text; empty if there is none. */
    public String fact(String key) {
      Object value = facts.get(key);
      return value == null ? "" : value.toString();
    }
  }

  /** The latest event of a name. */
  public Optional<Entry> latest(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).reduce((a, b) -> b);
  }

  /** How often it happened. */
  public long count(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).count();
  }
}
