package org.drawbridge.app.running;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import org.drawbridge.routing.pattern.TextPattern;
import org.jspecify.annotations.Nullable;

/** Tells scanners by their User-Agent, and remembers the answer for each name. Thread-safe. */
final class Scanners {

  private static final int REMEMBERED = 1_000;

  /** Longer ones are looked at each time, so that what is remembered stays small. */
  private static final int LONGEST = 200;

  private final Cache<String, Judged> known =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(REMEMBERED).build();

  /**
   * Whether one of these patterns is found in a name.
   *
   * @param patterns immutable; other ones than the last time are another question
   */
  boolean isOne(@Nullable String agent, List<TextPattern> patterns) {
    if (agent == null || patterns.isEmpty()) {
      return false;
    }
    if (agent.length() > LONGEST) {
      return matches(agent, patterns);
    }
    Judged before = known.getIfPresent(agent);
    if (before == null || !before.by.equals(patterns)) {
      before = new Judged(patterns, matches(agent, patterns));
      known.put(agent, before);
    }
    return before.scanner;
  }

  private static boolean matches(String agent, List<TextPattern> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.foundIn(agent));
  }

  private record Judged(List<TextPattern> by, boolean scanner) {}
}
