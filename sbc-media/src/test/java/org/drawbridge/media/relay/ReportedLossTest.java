package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.drawbridge.media.net.Packets;
import org.drawbridge.media.rtp.Bytes;
import org.junit.jupiter.api.Test;

/** What a peer misses of our stream is the fault of its own way only where we have sent it. */
final class ReportedLossTest {

  private static final int PHONE = 77;
  private static final int BROWSER = 88;

  private final LegPair pair = new LegPair(true).join();

  /** The phone says 100 packets, of which each tenth does not reach us. */
  private void speakWithLoss(int first) {
    for (int seq = first; seq < first + 100; seq++) {
      if (seq % 10 != 5) {
        pair.a.receiveRtp(Packets.rtp(0, PHONE, seq, seq * 160, 5));
      }
    }
  }

  private void report(int lost, int fraction) {
    byte[] report = Packets.receiverReport(BROWSER, pair.b.ssrc(), 0);
    Bytes.put32(report, 12, fraction << 24 | lost);
    pair.b.receiveRtcp(report);
  }

  @Test
  void whatWasLostBeforeUsIsNotLostBehindUs() {
    speakWithLoss(0);
    report(10, 25);
    assertThat(pair.b.leg.path().sentLost()).isZero();
    assertThat(pair.b.leg.path().sentRecentLoss()).isCloseTo(0, within(0.01));
  }

  @Test
  void whatIsLostBehindUsIsToldBesideThat() {
    speakWithLoss(0);
    report(10, 25);
    speakWithLoss(100);
    report(40, 77);
    assertThat(pair.b.leg.path().sentLost()).isEqualTo(20);
    assertThat(pair.b.leg.path().sentRecentLoss()).isCloseTo(0.22, within(0.01));
  }
}
