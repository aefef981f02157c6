package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.drawbridge.loop.Collected;
import org.drawbridge.loop.HeapPressure;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeapWatchTest {

  @ParameterizedTest
  @CsvSource({
    "ZGC Major Cycles, end of GC cycle, WHOLE",
    "ZGC Minor Cycles, end of GC cycle, PART",
    "Shenandoah Cycles, end of GC cycle, WHOLE",
    "G1 Old Generation, end of major GC, WHOLE",
    "G1 Young Generation, end of minor GC, PART",
    "PS MarkSweep, end of major GC, WHOLE",
    "Copy, end of minor GC, PART",
  })
  void collectionsAreKnownByTheirNames(String name, String action, Collected kind) {
    assertThat(HeapWatch.kindOf(name, action)).contains(kind);
  }

  @Test
  void aPauseIsNoCollection() {
    assertThat(HeapWatch.kindOf("ZGC Major Pauses", "end of GC pause")).isEmpty();
    assertThat(HeapWatch.kindOf("Shenandoah Pauses", "Final Mark")).isEmpty();
    assertThat(HeapWatch.kindOf("G1 Concurrent GC", "end of concurrent GC pause")).isEmpty();
  }

  @Test
  void theLogHasTheEndOfAShortageToo() {
    HeapPressure pressure = new HeapPressure();
    try (LogLines log = LogLines.of(HeapWatch.class)) {
      HeapWatch.told(pressure, Collected.WHOLE, 500 << 20, 512 << 20);
      HeapWatch.told(pressure, Collected.WHOLE, 400 << 20, 512 << 20);
      HeapWatch.told(pressure, Collected.WHOLE, 300 << 20, 512 << 20);
      HeapWatch.told(pressure, Collected.WHOLE, 200 << 20, 512 << 20);
      assertThat(log.lines())
          .satisfiesExactly(
              begins -> assertThat(begins).startsWith("WARN Memory is short: 500 of 512 MB"),
              ends -> assertThat(ends).startsWith("INFO Memory is short no more: 300 of 512 MB"));
    }
  }

  /** In a JVM of its own: see {@link HeapWatchProbe}. */
  @Test
  void onlyWhatIsNeededIsPressureAndItEndsWithoutAnyWork() throws Exception {
    Process probe = new ProcessBuilder(command()).redirectErrorStream(true).start();
    assertThat(probe.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(probe.inputReader().lines().filter(line -> line.startsWith("state")))
        .containsExactly(
            "state with garbage: easy, began 0 times",
            "state full: tight, began 1 times",
            "state freed: easy, began 1 times");
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseZGC",
        "-Xmx256m",
        "-Xms256m",
        "-cp",
        System.getProperty("java.class.path"),
        HeapWatchProbe.class.getName());
  }
}
