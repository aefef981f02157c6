package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.rtp.StreamStats;
import org.junit.jupiter.api.Test;

/** What a peer reports of our stream is read as RFC 3550 and RFC 3611 write it. */
final class PathMonitorTest {

  private static final int OURS = 0x11223344;
  private static final long MILLI = 1_000_000L;
  private static final long NTP = 0x00AB_CDEF_1234_5678L;

  private final PathMonitor monitor = new PathMonitor();
  private final OutboundStream ours = new OutboundStream(OURS, 0);

  private static byte[] senderReport() {
    return ByteBuffer.allocate(28)
        .putInt(0x80C80006)
        .putInt(7)
        .putLong(NTP)
        .putInt(1)
        .putInt(2)
        .putInt(3)
        .array();
  }

  private static byte[] receiverReport(int about, int fraction, int lost, int lsr, int dlsr) {
    return ByteBuffer.allocate(32)
        .putInt(0x81C90007)
        .putInt(9)
        .putInt(about)
        .putInt(fraction << 24 | lost & 0xFFFFFF)
        .putInt(4711)
        .putInt(80)
        .putInt(lsr)
        .putInt(dlsr)
        .array();
  }

  private void receive(byte[] packet, long millis) {
    ours.place(1, 1, 160, 8000, 0);
    monitor.onReceived(packet, 0, packet.length, ours, millis * MILLI);
  }

  @Test
  void lossJitterAndRoundTripOfOurStreamAreRead() {
    monitor.onSent(senderReport(), 0, 1, 1_000 * MILLI);
    receive(receiverReport(OURS, 64, 12, (int) (NTP >>> 16), 65_536 / 2), 1_620);

    PathReport report = monitor.report();
    assertThat(report.sentRecentLoss()).isEqualTo(0.25);
    assertThat(report.sentLost()).isEqualTo(12);
    assertThat(report.sentJitterMillis()).isEqualTo(10);
    assertThat(report.roundTripMillis()).isCloseTo(120, within(0.1));
  }

  @Test
  void reportsAboutOthersSayNothing() {
    receive(receiverReport(OURS + 1, 64, 12, 0, 0), 1_000);
    assertThat(monitor.report()).isEqualTo(PathReport.UNKNOWN);
  }

  @Test
  void aReportOfOursThatWasNeverSentGivesNoRoundTrip() {
    monitor.onSent(senderReport(), 0, 1, 1_000 * MILLI);
    receive(receiverReport(OURS, 0, -3, 0x55555555, 10), 1_100);
    assertThat(monitor.report().roundTripMillis()).isEqualTo(-1);
    assertThat(monitor.report().sentLost()).isZero();
  }

  @Test
  void aPeersOwnScoreIsTaken() {
    ByteBuffer xr = ByteBuffer.allocate(44).putInt(0x80CF000A).putInt(9);
    xr.put((byte) 7).put((byte) 0).putShort((short) 8).putInt(OURS);
    xr.put(8 + 26, (byte) 43).put(8 + 27, (byte) 41);
    receive(xr.array(), 10);
    assertThat(monitor.report().peerMos()).isEqualTo(4.1);

    xr.putShort(8 + 2, (short) 400);
    xr.put(8 + 27, (byte) 20);
    receive(xr.array(), 20);
    assertThat(monitor.report().peerMos()).isEqualTo(4.1);
  }

  @Test
  void recentLossForgetsWhatIsPast() {
    StreamStats stats = new StreamStats();
    for (int seq = 0; seq < 250; seq++) {
      if (seq % 5 != 0) {
        stats.onPacket(1, seq, seq * 160, 8000, seq * 20 * MILLI);
      }
    }
    monitor.onTick(stats, 6_000 * MILLI);
    assertThat(monitor.report().recentLoss()).isCloseTo(0.2, within(0.01));
    for (int seq = 250; seq < 500; seq++) {
      stats.onPacket(1, seq, seq * 160, 8000, seq * 20 * MILLI);
    }
    monitor.onTick(stats, 12_000 * MILLI);
    assertThat(monitor.report().recentLoss()).isLessThan(0.01);
    assertThat(monitor.report().expected()).isEqualTo(499);
  }
}
