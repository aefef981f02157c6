package org.drawbridge.sip.grammar;

import org.drawbridge.sip.message.HeaderName;
import org.jspecify.annotations.Nullable;

/**
 * What a message says in a header: a value, nothing, or something that does not follow the grammar.
 */
public sealed interface HeaderValue<T> {

  /** The header is there and reads well. */
  record Present<T>(T value) implements HeaderValue<T> {}

  /** There is no such header. */
  record Absent<T>() implements HeaderValue<T> {}

  /**
   * The header does not follow its grammar; a request with it deserves a 400.
   *
   * @param reason fit for a reason phrase; holds nothing of the header's text
   */
  record Invalid<T>(String reason) implements HeaderValue<T> {}

  /** What stands for a header that cannot be read. */
  static <T> HeaderValue<T> invalid(HeaderName name) {
    return new Invalid<>("Bad " + name.canonical());
  }

  /** The value; null when absent or invalid. */
  default @Nullable T orNull() {
    return this instanceof Present<T>(T value) ? value : null;
  }

  /** Whether it is there and does not follow its grammar. */
  default boolean isInvalid() {
    return this instanceof Invalid<T>;
  }
}
