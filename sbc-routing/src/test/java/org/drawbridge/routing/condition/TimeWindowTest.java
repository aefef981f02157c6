package org.drawbridge.routing.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.drawbridge.routing.config.reader.ConfigText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a route is in force: weekdays, hours, holidays and summer time. */
final class TimeWindowTest {

  private static boolean holds(String time, String instant) {
    var config =
        ConfigText.config(
            ConfigText.MINIMAL
                + """
                calendars:
                  holidays: [ 2026-12-25, "01-01", 2026-12-28..2026-12-30 ]
                routes: [ { name: a, when: { time: { %s } }, to: { registrar: true } } ]
                """
                    .formatted(time));
    List<Circumstance> all = config.routing().routes().getFirst().when().circumstances();
    return all.getFirst().holds(at(Instant.parse(instant)));
  }

  private static Occasion at(Instant time) {
    return new Occasion() {
      @Override
      public String callerNumber() {
        return "";
      }

      @Override
      public String calleeNumber() {
        return "";
      }

      @Override
      public RequestFacts facts() {
        return RequestFacts.UNKNOWN;
      }

      @Override
      public Instant time() {
        return time;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T07:00:00Z, true", // Friday 08:00
    "2026-11-20T06:59:59Z, false",
    "2026-11-20T16:59:59Z, true", // 17:59
    "2026-11-20T17:00:00Z, false", // 18:00
    "2026-11-21T09:00:00Z, false", // Saturday
    "2026-12-25T09:00:00Z, false", // a holiday, a Friday
    "2027-01-01T09:00:00Z, false", // a yearly one, a Friday
    "2026-12-29T09:00:00Z, false", // within a span
    "2026-12-31T09:00:00Z, true",
  })
  void officeHoursEndAtWeekendsAndHolidays(String instant, boolean expected) {
    String time = "zone: Europe/Berlin, days: mon-fri, hours: \"08:00-18:00\", except: holidays";
    assertThat(holds(time, instant)).isEqualTo(expected);
  }

  /** Summer time in Berlin lasts until 2026-10-25 01:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "2026-07-01T06:00:00Z, true", // 08:00 in summer
    "2026-07-01T07:59:00Z, true",
    "2026-07-01T08:00:00Z, false",
    "2026-12-01T06:30:00Z, false", // 07:30 in winter
    "2026-12-01T07:00:00Z, true",
    "2026-12-01T08:59:00Z, true",
  })
  void theClockOnTheWallCounts(String instant, boolean expected) {
    assertThat(holds("zone: Europe/Berlin, hours: \"08:00-10:00\"", instant)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:30:00Z, true", // 02:30 before the clocks go back
    "2026-10-25T01:30:00Z, true", // 02:30 once more
    "2026-10-25T02:00:00Z, false", // 03:00
    "2026-03-29T00:59:00Z, false", // 01:59, and a minute later it is 03:00
    "2026-03-29T01:00:00Z, false",
  })
  void anHourThatComesTwiceCountsTwiceAndOneThatIsLeftOutNever(String instant, boolean expected) {
    assertThat(holds("zone: Europe/Berlin, hours: \"02:00-03:00\"", instant)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T22:00:00Z, true", // Friday night
    "2026-11-21T05:59:00Z, true", // Saturday morning still belongs to it
    "2026-11-21T06:00:00Z, false",
    "2026-11-21T22:00:00Z, false", // Saturday night
    "2026-11-20T05:00:00Z, false", // the end of Thursday's night
    "2026-12-25T23:00:00Z, false", // Friday, a holiday
    "2026-12-26T05:00:00Z, false", // what began on the holiday
  })
  void aNightBelongsToTheDayItBeganOn(String instant, boolean expected) {
    assertThat(holds("zone: UTC, days: fri, hours: \"22:00-06:00\", except: holidays", instant))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-25T12:00:00Z, true",
    "2026-12-27T12:00:00Z, false",
    "2026-12-24T12:00:00Z, true",
    "2031-01-01T12:00:00Z, true",
  })
  void datesLimitItToDaysOfTheCalendar(String instant, boolean expected) {
    assertThat(holds("zone: UTC, dates: [ holidays, \"12-24\" ]", instant)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:00:00Z, true", // Friday
    "2026-11-23T12:00:00Z, true", // Monday
    "2026-11-24T12:00:00Z, false", // Tuesday
    "2026-11-25T12:00:00Z, true", // Wednesday
    "2026-11-23T23:59:00Z, true",
  })
  void daysMayGoOverTheWeekend(String instant, boolean expected) {
    assertThat(
            holds(
                "zone: UTC, days: [ fri-mon, wed ], hours: [\"12:00-13:00\", \"23:00-24:00\"]",
                instant))
        .isEqualTo(expected);
  }
}
