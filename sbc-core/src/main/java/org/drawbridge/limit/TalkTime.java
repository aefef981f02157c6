package org.drawbridge.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The time talked from midnight to midnight, that of calls still up included: for these, the sum of
 * their starts is enough. Not thread-safe.
 */
final class TalkTime {

  private final ZoneId zone;
  private long dayStart = Long.MAX_VALUE;
  private long dayEnd = Long.MIN_VALUE;
  private long ended;
  private long talking;
  private long sumOfStarts;

  TalkTime(ZoneId zone) {
    this.zone = zone;
  }

  /** Somebody begins to talk. */
  void start(long now) {
    roll(now);
    talking++;
    sumOfStarts += now;
  }

  /** Somebody who began then has ended. */
  void end(long startedAt, long now) {
    roll(now);
    long from = Math.max(startedAt, dayStart);
    talking--;
    sumOfStarts -= from;
    ended += Math.max(0, now - from);
  }

  /** All of today, ms. */
  long today(long now) {
    roll(now);
    return ended + talking * now - sumOfStarts;
  }

  private void roll(long now) {
    if (now >= dayStart && now < dayEnd) {
      return;
    }
    LocalDate day = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
    dayStart = day.atStartOfDay(zone).toInstant().toEpochMilli();
    dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    ended = 0;
    sumOfStarts = talking * dayStart;
  }
}
