package org.drawbridge.media.relay;

import org.drawbridge.media.plane.RelayListener;
import org.jspecify.annotations.Nullable;

/** Tells why a path does not work, and tells it again while that lasts. Not thread-safe. */
final class Trouble {

  /** A failure is told again after so long: while it rings nobody may mind. */
  private static final long TOLD_AGAIN_NANOS = 5_000_000_000L;

  private final RelayListener listener;
  private @Nullable String failure;
  private long tickNanos;
  private long toldNanos;

  Trouble(RelayListener listener) {
    this.listener = listener;
  }

  /** Takes the time. */
  void onTick(long nowNanos) {
    tickNanos = nowNanos;
  }

  /** Whether there is a failure that lasts. */
  boolean isThere() {
    return failure != null;
  }

  /** The path has failed, unless it has for another reason. */
  void fail(String reason) {
    if (failure == null) {
      failure = reason;
      tell(reason);
    }
  }

  /** The path may work from now on. */
  void clear() {
    failure = null;
  }

  /** Tells what has happened. */
  void tell(String reason) {
    toldNanos = tickNanos;
    listener.onFailed(reason);
  }

  /**
   * Tells again what lasts, if it is time.
   *
   * @param other what lasts beside a failure, null for nothing
   */
  void tellAgain(@Nullable String other) {
    String lasting = other == null ? failure : other;
    if (lasting != null && tickNanos - toldNanos >= TOLD_AGAIN_NANOS) {
      tell(lasting);
    }
  }
}
