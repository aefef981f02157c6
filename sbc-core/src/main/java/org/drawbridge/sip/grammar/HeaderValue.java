package org.drawbridge.sip.grammar;

import java.util.function.Function;
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

  /** The value; null when absent or invalid. */
  default @Nullable T orNull() {
    return this instanceof Present<T>(T value) ? value : null;
  }

  /** Whether it is there and does not follow its grammar. */
  default boolean isInvalid() {
    return this instanceof Invalid<T>;
  }

  /** The value put through a function, when there is one. */
  default <R> HeaderValue<R> map(Function<? super T, ? extends R> function) {
    return switch (this) {
      case Present<T>(T value) -> new Present<>(function.apply(value));
      case Absent<T>() -> new Absent<>();
      case Invalid<T>(String reason) -> new Invalid<>(reason);
    };
  }
}
