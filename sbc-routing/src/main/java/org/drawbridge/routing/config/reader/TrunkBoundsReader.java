package org.drawbridge.routing.config.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.drawbridge.routing.limit.LimitsReader;
import org.drawbridge.routing.trunk.Breaker;
import org.drawbridge.routing.trunk.TrunkBounds;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.SectionReader;
import org.drawbridge.routing.yaml.ValueReader;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits} and {@code breaker} of a trunk. */
final class TrunkBoundsReader {

  private static final ValueReader<Integer> OF = Scalars.number(2, 1000);

  private static final ValueReader<Duration> TIME =
      Scalars.duration(Duration.ofSeconds(1), Duration.ofHours(1));

  private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]?|100)%");

  private TrunkBoundsReader() {}

  static TrunkBounds read(Section trunk) {
    return new TrunkBounds(
        LimitsReader.of(trunk),
        trunk
            .optional("breaker", TrunkBoundsReader::breaker, Optional.of(Breaker.STANDARD))
            .orElse(null));
  }

  private static @Nullable Optional<Breaker> breaker(YamlValue value) {
    String text = value.isText() ? value.text() : "";
    if (text == null || text.equals("none")) {
      return text == null ? null : Optional.empty();
    }
    SectionReader<Breaker> reader = TrunkBoundsReader::breaker;
    Breaker breaker = reader.readClosed(value);
    return breaker == null ? null : Optional.of(breaker);
  }

  private static Breaker breaker(Section section) {
    Breaker standard = Breaker.STANDARD;
    return new Breaker(
        section.optional("errors", TrunkBoundsReader::percent, standard.percent()),
        section.optional("of", OF, standard.of()),
        section.optional("within", TIME, standard.within()),
        section.optional("pause", TIME, standard.pause()));
  }

  private static @Nullable Integer percent(YamlValue value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches()
        ? Integer.valueOf(matcher.group(1))
        : value.problem("\"" + value.written() + "\" is not a share from 1% to 100%");
  }
}
