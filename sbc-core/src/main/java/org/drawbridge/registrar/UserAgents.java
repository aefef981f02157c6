package org.drawbridge.registrar;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** One copy of each User-Agent text: many thousand phones of a kind say the same. Thread-safe. */
final class UserAgents {

  /** Kinds of phones kept; what comes beyond is stored as often as it is said. */
  private static final int MAX_KINDS = 1_000;

  private static final int MAX_LENGTH = 100;

  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  /** The copy of this text, cut to a length that logs and tables can bear. */
  @Nullable String copyOf(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    String copy = known.get(bounded);
    if (copy != null) {
      return copy;
    }
    if (known.size() < MAX_KINDS) {
      known.put(bounded, bounded);
    }
    return bounded;
  }
}
