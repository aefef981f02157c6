package org.drawbridge.media.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code o=} line of a description of ours. */
final class Origins {

  private Origins() {}

  private static List<String> words(@Nullable String sdp) {
    return String.valueOf(sdp)
        .lines()
        .filter(line -> line.startsWith("o="))
        .map(line -> List.of(line.split(" ")))
        .findFirst()
        .orElseThrow();
  }

  static String sessionId(@Nullable String sdp) {
    return words(sdp).get(1);
  }

  static long version(@Nullable String sdp) {
    return Long.parseLong(words(sdp).get(2));
  }
}
