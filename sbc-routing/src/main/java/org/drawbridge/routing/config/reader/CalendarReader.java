package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code calendars} and the dates in them. */
final class CalendarReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern YEARLY = Pattern.compile("[0-9]{2}-[0-9]{2}");
  private static final String SPAN = "..";

  private CalendarReader() {}

  static Map<String, DateSet> readAll(Section section) {
    return section.named(CalendarReader::calendar);
  }

  private static @Nullable DateSet calendar(YamlValue key, YamlValue value) {
    String name = key.text();
    if (name == null) {
      return null;
    }
    return NAME.matches(name)
        ? DateSet.union(value.list(CalendarReader::date).stream())
        : key.problem(
            "\"" + key.written() + "\" is not a name of letters, digits, - _ and ., letter first");
  }

  /** The days that a list of dates and names of calendars stands for. */
  static @Nullable DateSet dates(YamlValue value, Map<String, DateSet> calendars) {
    List<YamlValue> items = value.list();
    return items.isEmpty()
        ? value.problem("at least one date or calendar is needed")
        : DateSet.union(value.list(item -> dateOrCalendar(item, calendars)).stream());
  }

  private static @Nullable DateSet dateOrCalendar(YamlValue value, Map<String, DateSet> calendars) {
    String text = value.text();
    if (text == null || !NAME.matches(text)) {
      return text == null ? null : date(value);
    }
    DateSet named = calendars.get(text);
    return named == null
        ? value.problem(Section.unknown("calendar", value.written(), calendars.keySet()))
        : named;
  }

  private static @Nullable DateSet date(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    try {
      DateSet read = parsed(text);
      if (read != null) {
        return read;
      }
    } catch (DateTimeException _) {
      // A day that no calendar has, such as the 31st of June; said below.
    }
    return value.problem(
        "\""
            + value.written()
            + "\" is not a date: write 2026-12-25, 12-25 for every year, or 2026-12-24..2027-01-01");
  }

  private static @Nullable DateSet parsed(String text) {
    int span = text.indexOf(SPAN);
    if (span >= 0) {
      LocalDate first = day(text.substring(0, span));
      LocalDate last = day(text.substring(span + SPAN.length()));
      return first == null || last == null || last.isBefore(first)
          ? null
          : DateSet.between(first, last);
    }
    if (YEARLY.matches(text)) {
      return DateSet.every(MonthDay.parse("--" + text));
    }
    LocalDate day = day(text);
    return day == null ? null : DateSet.of(day);
  }

  private static @Nullable LocalDate day(String text) {
    return DAY.matches(text) ? LocalDate.parse(text) : null;
  }
}
