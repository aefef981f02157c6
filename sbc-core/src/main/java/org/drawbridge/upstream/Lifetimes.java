package org.drawbridge.upstream;

import org.jspecify.annotations.Nullable;

/** Reads lifetimes that others wrote, in seconds. */
final class Lifetimes {

  private static final int MAX_DIGITS = 10;

  private Lifetimes() {}

  /** The number, or {@code otherwise} where there is none or no number. */
  static long parse(@Nullable String text, long otherwise) {
    boolean isNumber =
        text != null
            && !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Long.parseLong(text) : otherwise;
  }
}
