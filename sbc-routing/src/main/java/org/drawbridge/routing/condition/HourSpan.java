package org.drawbridge.routing.condition;

/**
 * A part of a day; it lasts over midnight where it ends earlier than it begins.
 *
 * @param from first minute, counted from midnight
 * @param to the minute after the last one, at most 1440
 */
public record HourSpan(int from, int to) {

  /** Minutes of a day. */
  public static final int DAY = 24 * 60;

  /** Whether the minute lies in the part that belongs to its own day. */
  boolean holdsToday(int minute) {
    return minute >= from && (isOvernight() || minute < to);
  }

  /** Whether the minute lies in the part that began the day before. */
  boolean holdsSinceYesterday(int minute) {
    return isOvernight() && minute < to;
  }

  private boolean isOvernight() {
    return to < from;
  }

  @Override
  public String toString() {
    return text(from) + "-" + text(to);
  }

  private static String text(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }
}
