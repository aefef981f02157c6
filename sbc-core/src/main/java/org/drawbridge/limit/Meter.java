package org.drawbridge.limit;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.limit.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one subject: a trunk, an account, a group, or all. What the limits are comes
 * with each question, so a reload changes them and loses no count. Thread-safe.
 */
final class Meter {

  private final InstantSource clock;
  private final SequencedSet<Seat> seats = new LinkedHashSet<>();
  private final TokenBucket bucket = new TokenBucket();
  private final TalkTime talk;
  private final Map<LimitKind, Long> refused = new EnumMap<>(LimitKind.class);

  Meter(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.talk = new TalkTime(zone);
  }

  /**
   * Takes a seat if there is one.
   *
   * @return which limit is in the way, or null if it was taken
   */
  synchronized @Nullable LimitKind take(Seat seat, Limits limits) {
    long now = clock.millis();
    LimitKind full = full(seat.use, limits, now);
    if (full != null) {
      refused.merge(full, 1L, Long::sum);
      return full;
    }
    Rate rate = limits.rate();
    if (rate != null && seat.use != Use.PLACE) {
      bucket.take(rate);
    }
    seats.add(seat);
    return null;
  }

  /** Takes a seat whether or not there is one. */
  synchronized void force(Seat seat) {
    seats.add(seat);
  }

  private @Nullable LimitKind full(Use use, Limits limits, long now) {
    if (limits.calls() > 0 && seats.size() >= limits.calls()) {
      return LimitKind.CALLS;
    }
    if (use == Use.PAID
        && limits.minutesADay() > 0
        && talk.today(now) >= limits.minutesADay() * 60_000L) {
      return LimitKind.MINUTES;
    }
    Rate rate = limits.rate();
    return rate != null && use != Use.PLACE && !bucket.has(rate, now) ? LimitKind.RATE : null;
  }

  /** The seat was not needed after all: as if it had not been taken. */
  synchronized void undo(Seat seat) {
    if (seats.remove(seat) && seat.use != Use.PLACE) {
      bucket.giveBack();
    }
    seat.isReleased = true;
  }

  /** The call was answered. */
  synchronized void talk(Seat seat) {
    if (!seat.isReleased && seat.use == Use.PAID && !seat.isTalking()) {
      seat.talksSince = clock.millis();
      talk.start(seat.talksSince);
    }
  }

  /** The call has ended; a second time changes nothing. */
  synchronized void release(Seat seat) {
    if (seat.isReleased) {
      return;
    }
    seat.isReleased = true;
    seats.remove(seat);
    if (seat.isTalking()) {
      talk.end(seat.talksSince, clock.millis());
    }
  }

  /** Ends the youngest call that may be ended; whether there is one. Its seat is free at once. */
  boolean preemptYoungest() {
    Runnable end = youngest();
    if (end != null) {
      end.run();
    }
    return end != null;
  }

  private synchronized @Nullable Runnable youngest() {
    for (Seat seat : seats.reversed()) {
      Runnable end = seat.preempt;
      if (end != null) {
        release(seat);
        return end;
      }
    }
    return null;
  }

  /** How things stand. */
  synchronized MeterFacts facts() {
    return new MeterFacts(seats.size(), talk.today(clock.millis()) / 1000, Map.copyOf(refused));
  }
}
