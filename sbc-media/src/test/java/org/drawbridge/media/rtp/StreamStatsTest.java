package org.drawbridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is counted of a stream when packets come that do not fit into it. */
class StreamStatsTest {

  private static final int SSRC = 7;

  private final StreamStats stats = new StreamStats();
  private long now;

  private void packets(int ssrc, int first, int count) {
    for (int seq = first; seq < first + count; seq++) {
      now += 20_000_000;
      stats.onPacket(ssrc, seq & 0xFFFF, 160 * seq, 8000, now);
    }
  }

  private void stray(int seq) {
    stats.onPacket(SSRC, seq & 0xFFFF, 160 * seq, 8000, now);
  }

  @Test
  void onePacketOutOfAnyOrderIsNotTheBeginningOfAnotherStream() {
    packets(SSRC, 65_000, 1000);
    stray(65_850);
    packets(SSRC, 66_000, 10);
    stray(7_000);
    packets(SSRC, 66_010, 10);
    assertThat(stats.lost()).isZero();
    assertThat(stats.expected()).isEqualTo(1020);
    assertThat(stats.extendedHighest()).isEqualTo(66_019);
    assertThat(stats.jitterMillis()).isLessThan(0.1);
  }

  @Test
  void twoInARowAre() {
    packets(SSRC, 1000, 100);
    packets(SSRC, 20_000, 100);
    assertThat(stats.extendedHighest()).isEqualTo(20_099);
    assertThat(stats.lost()).isZero();
    assertThat(stats.expected()).as("the first proves nothing").isEqualTo(199);
  }

  @Test
  void anotherSenderIsAnotherStreamAtOnce() {
    packets(SSRC, 1000, 100);
    packets(8, 5, 1);
    assertThat(stats.ssrc()).isEqualTo(8);
    assertThat(stats.extendedHighest()).isEqualTo(5);
    assertThat(stats.expected()).isEqualTo(101);
  }
}
