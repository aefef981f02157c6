package org.drawbridge.routing.condition;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times at which a route is in force, as the clock on the wall of its zone shows them, so summer
 * time needs no care. Hours that last over midnight belong to the day on which they began.
 *
 * @param zone where the clock hangs
 * @param days days of the week
 * @param hours parts of a day; none for all of it
 * @param dates the only days of the calendar, or null for all
 * @param except days of the calendar on which it is not in force
 * @param text the condition as people read it
 */
public record TimeWindow(
    ZoneId zone,
    Set<DayOfWeek> days,
    List<HourSpan> hours,
    @Nullable DateSet dates,
    DateSet except,
    String text)
    implements Circumstance {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ROOT);

  public TimeWindow {
    days = Set.copyOf(days);
    hours = List.copyOf(hours);
  }

  @Override
  public boolean holds(Occasion occasion) {
    ZonedDateTime now = occasion.time().atZone(zone);
    LocalDate today = now.toLocalDate();
    if (hours.isEmpty()) {
      return isInForce(today);
    }
    int minute = now.getHour() * 60 + now.getMinute();
    for (HourSpan span : hours) {
      if (span.holdsToday(minute) && isInForce(today)
          || span.holdsSinceYesterday(minute) && isInForce(today.minusDays(1))) {
        return true;
      }
    }
    return false;
  }

  private boolean isInForce(LocalDate day) {
    return days.contains(day.getDayOfWeek())
        && (dates == null || dates.contains(day))
        && !except.contains(day);
  }

  @Override
  public String wanted() {
    return "time " + text;
  }

  @Override
  public String found(Occasion occasion) {
    return CLOCK.format(occasion.time().atZone(zone));
  }
}
