package org.drawbridge.routing.limit;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.drawbridge.routing.number.PhoneNumbers;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits}, wherever it stands. */
public final class LimitsReader {

  private static final ValueReader<Integer> CALLS = Scalars.number(1, 10_000_000);
  private static final ValueReader<Integer> BURST = Scalars.number(1, 1_000_000);
  private static final ValueReader<Integer> MINUTES = Scalars.number(1, 1_000_000_000);
  private static final ValueReader<String> ANSWER = Scalars.oneOf(List.of("403", "486", "503"));

  private static final Pattern RATE = Pattern.compile("([0-9]{1,6})/([smh])");

  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}(?:[.][0-9]{1,8})?");

  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

  private LimitsReader() {}

  /** The limits of the section that {@code limits} in {@code owner} is; none where it is not. */
  public static Limits of(Section owner) {
    return owner.section("limits", LimitsReader::read, Limits.NONE);
  }

  /** Limits whose keys stand in {@code section}, maybe among others. */
  public static Limits read(Section section) {
    String answer = section.optional("answer", ANSWER);
    return new Limits(
        section.optional("calls", CALLS, 0),
        rate(section),
        section.optional("minutes-a-day", MINUTES, 0),
        new Destinations(
            section.list("countries", LimitsReader::country, List.of()),
            section.optional("max-price", LimitsReader::price)),
        answer == null ? 0 : Integer.parseInt(answer));
  }

  private static @Nullable String country(YamlValue value) {
    String text = value.text();
    return text == null || PhoneNumbers.countries().contains(text)
        ? text
        : value.problem("\"" + value.written() + "\" is not a country of two letters, as in DE");
  }

  private static @Nullable BigDecimal price(YamlValue value) {
    String text = value.text();
    return text == null || PRICE.matches(text)
        ? text == null ? null : new BigDecimal(text)
        : value.problem("\"" + value.written() + "\" is not a price, as in 0.05");
  }

  private static @Nullable Rate rate(Section section) {
    Rate rate = section.optional("rate", LimitsReader::rate);
    Integer burst = section.optional("burst", BURST);
    if (section.has("burst") && !section.has("rate")) {
      section.place().problem("\"burst\" needs a \"rate\" beside it");
    }
    return rate == null || burst == null ? rate : new Rate(rate.count(), rate.per(), burst);
  }

  private static @Nullable Rate rate(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    Matcher matcher = RATE.matcher(text);
    Duration per = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    int count = per == null ? 0 : Integer.parseInt(matcher.group(1));
    return per == null || count == 0
        ? value.problem(
            "\"" + value.written() + "\" is not a rate: write a number and /s, /m or /h, as in 5/s")
        : new Rate(count, per, ofOneSecond(count, per));
  }

  /** Unless the operator says more, as many as one second brings come at once. */
  private static int ofOneSecond(int count, Duration per) {
    return Math.ceilDiv(count, (int) per.toSeconds());
  }
}
