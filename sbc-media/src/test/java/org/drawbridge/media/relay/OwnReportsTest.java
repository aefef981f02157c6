package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.junit.jupiter.api.Test;

/** A peer hears how we receive it, also when nobody on the other side says anything. */
class OwnReportsTest {

  private static final int A_SSRC = 0xA;
  private static final int B_SSRC = 0xB;
  private static final long MILLI = 1_000_000;

  /** One and a half times the mean of RFC 3550 section 6.2, and a tick. */
  private static final int LONGEST_MILLIS = 7_600;

  private final LegPair pair = new LegPair(true).join();
  private int number;

  /** A sends a packet every 20 ms, and every tenth is lost; both legs are ticked. */
  private void talk(int millis) {
    for (int i = 0; i < millis / 20; i++) {
      number++;
      if (number % 10 == 0) {
        pair.pass();
      } else {
        pair.a.receiveRtp(Packets.rtp(0, A_SSRC, 100 + number & 0xFFFF, 160 * number, 1));
      }
      pair.a.leg.onTick(pair.now);
      pair.b.leg.onTick(pair.now);
    }
  }

  @Test
  void aSpeakerWhoseListenerIsSilentHearsOfItsLosses() {
    talk(LONGEST_MILLIS);
    byte[] report = pair.a.rtcp.getFirst();
    assertThat(RtcpView.isCompound(report, 0, report.length)).isTrue();
    assertThat(RtcpView.type(report, 0)).isEqualTo(RtcpView.RR);
    assertThat(RtcpView.count(report, 0)).isEqualTo(1);
    assertThat(RtcpView.ssrc(report, 0)).isEqualTo(pair.a.ssrc());
    assertThat(Bytes.u32(report, 8)).isEqualTo(A_SSRC);
    assertThat(report[12] & 0xFF).as("a tenth of 256").isBetween(22, 28);
    assertThat(Bytes.u32(report, 24)).as("no sender report to answer").isZero();
    int sdes = RtcpView.length(report, 0);
    assertThat(RtcpView.type(report, sdes)).isEqualTo(RtcpView.SDES);
    assertThat(new String(report, sdes + 10, report[sdes + 9], StandardCharsets.US_ASCII))
        .isEqualTo(new String(pair.a.leg.cname(), StandardCharsets.US_ASCII));
  }

  @Test
  void laterReportsCountLossesSinceTheOneBeforeAndAllOfThem() {
    talk(2 * LONGEST_MILLIS);
    int lost = 0;
    for (byte[] report : pair.a.rtcp) {
      assertThat(report[12] & 0xFF).isBetween(22, 28);
      int total = Bytes.u32(report, 12) & 0xFFFFFF;
      assertThat(total).isGreaterThan(lost);
      lost = total;
      assertThat(Bytes.u32(report, 16)).as("highest").isGreaterThan(100);
    }
    assertThat(pair.a.rtcp.size()).isBetween(2, 6);
  }

  @Test
  void theyAnswerThePeersSenderReportWithTheTimeSince() {
    talk(100);
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160));
    long heard = pair.now;
    while (pair.a.rtcp.isEmpty()) {
      talk(20);
    }
    byte[] report = pair.a.lastRtcp();
    assertThat(Bytes.u32(report, 24)).isEqualTo(0x33440000);
    double waited = Bytes.u32(report, 28) * 1000.0 / 65_536;
    assertThat(waited).isCloseTo((pair.now - heard) / 1e6, offset(1.0));
  }

  @Test
  void ofSeveralSendersInATransportTheyAnswerTheirOwn() {
    talk(100);
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160));
    byte[] video = Packets.senderReport(0x71DE0, 90);
    Bytes.put32(video, 8, 0x55667788);
    pair.a.receiveRtcp(video);
    while (pair.a.rtcp.isEmpty()) {
      talk(20);
    }
    assertThat(Bytes.u32(pair.a.lastRtcp(), 24)).isEqualTo(0x33440000);
  }

  @Test
  void aListenerGetsSenderReportsWhoseClocksAgreeAndItsAnswerTellsTheRoundTrip() {
    while (pair.b.rtcp.size() < 2) {
      talk(20);
    }
    List<byte[]> reports = pair.b.rtcp;
    assertThat(reports).allMatch(report -> RtcpView.type(report, 0) == RtcpView.SR);
    long wall = ntpMillis(reports.getLast()) - ntpMillis(reports.getFirst());
    long media = (Bytes.u32(reports.getLast(), 16) - Bytes.u32(reports.getFirst(), 16)) / 8;
    assertThat(media).isBetween(wall - 2, wall + 2);

    long sent = pair.now;
    pair.now += 80 * MILLI;
    byte[] answer = Packets.receiverReport(B_SSRC, pair.b.ssrc(), 1);
    Bytes.put32(answer, 24, Bytes.u32(reports.getLast(), 10));
    pair.b.receiveRtcp(answer);
    assertThat(pair.b.leg.path().roundTripMillis()).isEqualTo((pair.now - sent) / 1e6);
  }

  private static long ntpMillis(byte[] report) {
    return (Bytes.u32(report, 8) & 0xFFFFFFFFL) * 1000
        + ((Bytes.u32(report, 12) & 0xFFFFFFFFL) * 1000 >> 32);
  }

  @Test
  void nothingIsAddedWhileTheOtherSideReports() {
    int relayed = 0;
    for (int i = 0; i < 10; i++) {
      talk(4_000);
      pair.b.receiveRtcp(
          Packets.receiverReport(B_SSRC, pair.b.ssrc(), Packets.seq(pair.b.lastRtp())));
      relayed++;
    }
    int before = pair.a.rtcp.size() - relayed;
    assertThat(before).as("at most one before the first was relayed").isLessThanOrEqualTo(1);
    talk(20_000);
    assertThat(pair.a.rtcp.size()).as("they begin again").isGreaterThan(before + relayed);
  }

  @Test
  void noClockOfOursIsMixedIntoThatOfASourceThatReports() {
    for (int i = 0; i < 6; i++) {
      talk(7_000);
      pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160 * number));
    }
    long ours =
        pair.b.rtcp.stream()
            .filter(report -> RtcpView.type(report, 0) == RtcpView.SR)
            .filter(report -> Bytes.u32(report, 8) != 0x11223344)
            .count();
    assertThat(ours).as("before the first of its own").isLessThanOrEqualTo(2);
  }

  @Test
  void afterItsLastReportOursGoOnInItsClock() {
    talk(20);
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160 * (number + 1)));
    byte[] last = pair.b.lastRtcp();
    long then = pair.now;
    talk(25_000);
    byte[] ours = pair.b.lastRtcp();
    assertThat(RtcpView.type(ours, 0)).isEqualTo(RtcpView.SR);
    long wall = ntpMillis(ours) - ntpMillis(last);
    assertThat(wall).isBetween(10_000L, (pair.now - then) / MILLI);
    long media = (Bytes.u32(ours, 16) - Bytes.u32(last, 16)) / 8;
    assertThat(media).isBetween(wall - 2, wall + 2);
  }

  @Test
  void aSourceThatFollowsIsReportedAtOnceInTheSameClock() {
    talk(20);
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160 * number));
    byte[] last = pair.b.lastRtcp();
    for (int i = 0; i < LONGEST_MILLIS / 20; i++) {
      pair.a.receiveRtp(Packets.rtp(0, 0xC, i, 160 * i, 1));
      pair.b.leg.onTick(pair.now);
    }
    byte[] ours =
        pair.b.rtcp.stream()
            .filter(report -> ntpMillis(report) > ntpMillis(last))
            .findFirst()
            .get();
    assertThat(RtcpView.type(ours, 0)).isEqualTo(RtcpView.SR);
    assertThat(ntpMillis(ours) - ntpMillis(last)).isBetween(1_000L, (long) LONGEST_MILLIS);
  }

  /** A receiver sets them against one another, since they have one name (RFC 3550 6.4.1). */
  @Test
  void aStreamWhoseSourceIsSilentIsReportedInTheClockOfTheOneBesideIt() {
    talk(20);
    LegPair picture = pair.sibling().join();
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 160 * (number + 1)));
    byte[] sound = pair.b.lastRtcp();
    long then = pair.now;
    for (int i = 0; i < LONGEST_MILLIS / 20; i++) {
      picture.a.receiveRtp(Packets.rtp(0, 0x71DE0, i, 160 * i, 1));
      picture.b.leg.onTick(picture.now);
    }
    byte[] ours = picture.b.lastRtcp();
    assertThat(RtcpView.type(ours, 0)).isEqualTo(RtcpView.SR);
    assertThat(ntpMillis(ours) - ntpMillis(sound)).isBetween(0L, (picture.now - then) / MILLI);
  }

  @Test
  void aLegWithoutMediaReportsNothing() {
    for (int i = 0; i < 1000; i++) {
      pair.pass();
      pair.a.leg.onTick(pair.now);
    }
    assertThat(pair.a.rtcp).isEmpty();
  }
}
