package org.drawbridge.sip.transport;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much each of some keeps, in the order in which they began to, and whether all together keep
 * too much. Not thread-safe.
 *
 * @param <T> who keeps something
 */
final class KeptBytes<T> {
  private final long most;
  private final ToLongFunction<T> measure;
  private final SequencedMap<T, Long> kept = new LinkedHashMap<>();
  private long total;

  /**
   * @param most what all may keep together, in bytes
   * @param measure what one keeps now
   */
  KeptBytes(long most, ToLongFunction<T> measure) {
    this.most = most;
    this.measure = measure;
  }

  /** What one keeps may have changed. Whoever goes on keeping something stays in its place. */
  void look(T who) {
    long now = measure.applyAsLong(who);
    Long before = now == 0 ? kept.remove(who) : kept.put(who, now);
    total += now - (before == null ? 0 : before);
  }

  /** Whether one was seen to keep anything. */
  boolean has(T who) {
    return kept.containsKey(who);
  }

  /** All who keep something, the first to begin first. */
  SequencedSet<T> all() {
    return kept.sequencedKeySet();
  }

  /** Whether one more would be too much with what it is going to keep. */
  boolean isFullFor(T who) {
    return total + measure.applyAsLong(who) > most;
  }

  /** Forgets one. */
  void remove(T who) {
    Long before = kept.remove(who);
    total -= before == null ? 0 : before;
  }

  /** Who has kept something longest, if all together keep too much by now; else null. */
  @Nullable T surplus() {
    while (total > most) {
      T longest = kept.firstEntry().getKey();
      look(longest);
      if (total > most && has(longest)) {
        return longest;
      }
    }
    return null;
  }
}
