package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.api.LegQuality;
import org.drawbridge.media.api.LegQuality.Kind;
import org.drawbridge.media.api.LegQuality.Way;
import org.drawbridge.media.api.LegStats.Recovery;
import org.drawbridge.metrics.Counters;
import org.junit.jupiter.api.Test;

final class QualityCountersTest {

  private final Counters registry = new Counters();
  private final QualityCounters counters = new QualityCounters(registry);

  private void audio(long packets, double jitter, double mos, double roundTrip) {
    Way received = new Way(packets, 0, 0, jitter, mos);
    counters.count(new LegQuality(Kind.AUDIO, "PCMU", received, null, roundTrip, Recovery.NONE));
  }

  private void assertCounted(String series, int count) {
    assertThat(registry.text().lines()).contains("drawbridge_call_" + series + " " + count);
  }

  @Test
  void aLegIsOfTheClassThatItReaches() {
    audio(500, 0, 4.4, 0);
    audio(500, 9.9, 3.99, 99.9);
    audio(500, 10, 3.1, 100);
    audio(500, 500, 1, 5_000);
    assertCounted("leg_mos_total{quality=\"good\"}", 1);
    assertCounted("leg_mos_total{quality=\"fair\"}", 1);
    assertCounted("leg_mos_total{quality=\"poor\"}", 1);
    assertCounted("leg_mos_total{quality=\"bad\"}", 1);
    assertCounted("leg_jitter_total{from_ms=\"0\"}", 2);
    assertCounted("leg_jitter_total{from_ms=\"10\"}", 1);
    assertCounted("leg_jitter_total{from_ms=\"30\"}", 0);
    assertCounted("leg_jitter_total{from_ms=\"60\"}", 1);
    assertCounted("leg_round_trip_total{from_ms=\"0\"}", 2);
    assertCounted("leg_round_trip_total{from_ms=\"100\"}", 1);
    assertCounted("leg_round_trip_total{from_ms=\"400\"}", 1);
  }

  @Test
  void aRoundTripThatNobodyToldIsNotCounted() {
    audio(500, 0, 4.4, -1);
    assertCounted("leg_jitter_total{from_ms=\"0\"}", 1);
    assertCounted("leg_round_trip_total{from_ms=\"0\"}", 0);
  }

  @Test
  void aLegOfTwoSecondsSaysNothing() {
    audio(99, 0, 4.4, 0);
    assertCounted("leg_mos_total{quality=\"good\"}", 0);
    assertCounted("packets_expected_total{media=\"audio\"}", 0);
  }

  @Test
  void ofPicturesOnlyPacketsAreCounted() {
    Way received = new Way(500, 7, 0, 3, 0);
    counters.count(new LegQuality(Kind.VIDEO, "VP8", received, null, 20, new Recovery(1, 2, 3)));
    assertCounted("packets_lost_total{media=\"video\"}", 7);
    assertCounted("pictures_asked_total{media=\"video\"}", 2);
    assertCounted("leg_mos_total{quality=\"bad\"}", 0);
    assertCounted("leg_jitter_total{from_ms=\"0\"}", 0);
  }
}
