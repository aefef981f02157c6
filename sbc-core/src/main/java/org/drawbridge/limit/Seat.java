package org.drawbridge.limit;

import org.jspecify.annotations.Nullable;

/** What one side of a call takes of one meter. Its fields are guarded by the meter that gave it. */
final class Seat {

  private static final long NEVER = -1;

  final Meter meter;

  final Use use;

  /** Ends the call; null where nobody may. */
  @Nullable Runnable preempt;

  /** When the talk began, ms; -1 before. */
  long talksSince = NEVER;

  boolean isReleased;

  Seat(Meter meter, Use use, @Nullable Runnable preempt) {
    this.meter = meter;
    this.use = use;
    this.preempt = preempt;
  }

  boolean isTalking() {
    return talksSince != NEVER;
  }
}
