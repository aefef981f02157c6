package org.drawbridge.routing.config.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drawbridge.routing.condition.DateSet;
import org.drawbridge.routing.condition.HourSpan;
import org.drawbridge.routing.condition.TimeWindow;
import org.drawbridge.routing.yaml.Nearest;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the {@code time} of a route. */
final class TimeReader {

  private static final List<String> KEYS = List.of("days", "hours", "dates", "except");
  private static final Pattern HOURS =
      Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])");

  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values())
          .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
          .toList();

  private final Map<String, DateSet> calendars;

  TimeReader(Map<String, DateSet> calendars) {
    this.calendars = calendars;
  }

  TimeWindow read(Section section) {
    if (KEYS.stream().noneMatch(section::has)) {
      section.place().problem("at least one of days, hours, dates and except is needed");
    }
    refuseEmpty(section, "days", "at least one day is needed");
    refuseEmpty(section, "hours", "at least one part of a day is needed");
    ZoneId zone = section.optional("zone", TimeReader::zone, ZoneId.systemDefault());
    List<Set<DayOfWeek>> days = section.list("days", TimeReader::days, List.of());
    return new TimeWindow(
        zone,
        section.has("days") ? union(days) : EnumSet.allOf(DayOfWeek.class),
        section.list("hours", TimeReader::hours, List.of()),
        section.optional("dates", value -> CalendarReader.dates(value, calendars)),
        section.optional("except", value -> CalendarReader.dates(value, calendars), DateSet.NONE),
        text(section, zone));
  }

  /** No hours at all would be the whole day, and no days would be never. */
  private static void refuseEmpty(Section section, String key, String words) {
    YamlValue value = section.find(key);
    if (value != null && value.list().isEmpty()) {
      value.problem(words);
    }
  }

  private static Set<DayOfWeek> union(List<Set<DayOfWeek>> all) {
    return all.stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  private static @Nullable ZoneId zone(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      String nearest = Nearest.to(text, ZoneId.getAvailableZoneIds());
      return value.problem(
          "\""
              + value.written()
              + "\" is not a time zone, as in Europe/Berlin"
              + (nearest == null ? "" : ": did you mean \"" + nearest + "\"?"));
    }
  }

  private static @Nullable Set<DayOfWeek> days(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    int hyphen = text.indexOf('-');
    int first = DAYS.indexOf(hyphen < 0 ? text : text.substring(0, hyphen));
    int last = hyphen < 0 ? first : DAYS.indexOf(text.substring(hyphen + 1));
    if (first < 0 || last < 0) {
      return value.problem(
          "\"" + value.written() + "\" is not a day of the week: write mon, or mon-fri");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    DayOfWeek day = DayOfWeek.of(first + 1);
    days.add(day);
    while (day.getValue() != last + 1) {
      day = day.plus(1);
      days.add(day);
    }
    return days;
  }

  private static @Nullable HourSpan hours(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    Matcher matcher = HOURS.matcher(text);
    if (matcher.matches()) {
      int from = minute(matcher.group(1), matcher.group(2));
      int to = minute(matcher.group(3), matcher.group(4));
      if (from < HourSpan.DAY && to <= HourSpan.DAY && from != to) {
        return new HourSpan(from, to);
      }
    }
    return value.problem(
        "\"" + value.written() + "\" is not a part of a day: write \"08:00-18:00\"");
  }

  private static int minute(String hours, String minutes) {
    return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
  }

  /** The condition in the operator's words. */
  private static String text(Section section, ZoneId zone) {
    List<String> words = new ArrayList<>();
    for (String key : KEYS) {
      YamlValue value = section.find(key);
      if (value != null) {
        String list =
            value.list().stream().map(YamlValue::written).collect(Collectors.joining(", "));
        words.add(key.equals("except") ? "except " + list : list);
      }
    }
    words.add(zone.getId());
    return String.join(" ", words);
  }
}
