package org.drawbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Named counters and gauges, and their text. */
final class CountersTest {

  private final Counters counters = new Counters();

  @Test
  void theSameNameIsTheSameCounter() {
    counters.count("calls_total", "Calls").increment();
    counters.count("calls_total", "Calls").add(2);

    assertThat(counters.get("calls_total")).isEqualTo(3);
    assertThat(counters.get("no_such_total")).isZero();
  }

  @Test
  void eachValueOfALabelCountsByItself() {
    counters.count("refused_total", "Refused", "limit", "calls").increment();
    counters.count("refused_total", "Refused", "limit", "contacts").add(5);

    assertThat(counters.snapshot())
        .filteredOn(sample -> sample.name().equals("refused_total"))
        .containsExactly(
            new Sample("refused_total", "limit", "calls", 1),
            new Sample("refused_total", "limit", "contacts", 5));
  }

  @Test
  void whatComesAndGoesIsShownForAsLongAsItIsThere() {
    Map<String, Long> up = new HashMap<>(Map.of("beta", 0L, "acme", 1L));
    counters.gauges("up", "Up", "trunk", () -> up);
    assertThat(counters.text())
        .endsWith("# TYPE up gauge\nup{trunk=\"acme\"} 1\nup{trunk=\"beta\"} 0\n");
    up.remove("acme");
    up.put("beta", 1L);
    assertThat(counters.text()).endsWith("# TYPE up gauge\nup{trunk=\"beta\"} 1\n");
    IntStream.range(0, 5_000).forEach(i -> up.put("t" + i, 1L));
    assertThat(counters.snapshot()).filteredOn(s -> s.name().equals("up")).hasSize(1_000);
  }

  @Test
  void isWrittenAsPrometheusReadsIt() {
    AtomicLong open = new AtomicLong(7);
    counters.count("calls_total", "Calls\nsince \\ the start").increment();
    counters.gauge("open", "Open now", open::get);
    counters.counted("seen_total", "Seen", "peer", "a\"b\\c\nd", () -> 4);

    assertThat(counters.text().replaceAll("(?m)^.*drawbridge_limit_reached_total.*\\n", ""))
        .isEqualTo(
            """
            # HELP calls_total Calls\\nsince \\\\ the start
            # TYPE calls_total counter
            calls_total 1
            # HELP open Open now
            # TYPE open gauge
            open 7
            # HELP seen_total Seen
            # TYPE seen_total counter
            seen_total{peer="a\\"b\\\\c\\nd"} 4
            """);
    open.set(3);
    counters.gauge("open", "Open now", () -> open.get() + 1);
    assertThat(counters.get("open")).isEqualTo(4);
  }

  @Test
  void valuesOfALabelAreBounded() {
    for (int i = 0; i < Family.MAX_VALUES + 10; i++) {
      counters.count("many_total", "Many", "value", "v" + i).increment();
    }

    assertThat(counters.snapshot())
        .filteredOn(sample -> sample.name().equals("many_total"))
        .hasSize(Family.MAX_VALUES + 1);
    assertThat(counters.get("many_total", Family.OTHER)).isEqualTo(10);
  }

  @Test
  void boundsAreThereBeforeTheyAreHit() {
    counters.hit(Limit.PROXIED_CALLS);

    assertThat(counters.get(Counters.LIMITS, "proxied-calls")).isEqualTo(1);
    assertThat(counters.text()).contains("drawbridge_limit_reached_total{limit=\"calls\"} 0");
  }

  @Test
  void aNameCountsOneThingAndIsWellFormed() {
    counters.count("calls_total", "Calls");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.gauge("calls_total", "Calls", () -> 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.count("calls_total", "Calls", "by", "me"));
    assertThatIllegalArgumentException().isThrownBy(() -> counters.count("Calls!", "Calls"));
  }
}
