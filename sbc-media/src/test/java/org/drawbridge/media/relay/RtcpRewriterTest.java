package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports and feedback crossing between two legs, each of which knows only our SSRC. */
class RtcpRewriterTest {

  private static final int A_SSRC = 0xA;
  private static final int B_SSRC = 0xB;

  private final LegPair pair = new LegPair(true).join();

  @BeforeEach
  void bothSidesTalk() {
    for (int i = 0; i < 5; i++) {
      pair.a.receiveRtp(Packets.rtp(0, A_SSRC, 65_533 + i & 0xFFFF, 1000 + 160 * i, 1));
      pair.b.receiveRtp(Packets.rtp(0, B_SSRC, 500 + i, 9000 + 160 * i, 1));
    }
  }

  @Test
  void aSenderReportSpeaksOfOurStreamAtTheSameWallClock() {
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 1000 + 160 * 4));
    byte[] report = pair.b.lastRtcp();
    assertThat(RtcpView.isCompound(report, 0, report.length)).isTrue();
    assertThat(RtcpView.type(report, 0)).isEqualTo(RtcpView.SR);
    assertThat(RtcpView.ssrc(report, 0)).isEqualTo(pair.b.ssrc());
    assertThat(Bytes.u32(report, 8)).isEqualTo(0x11223344);
    assertThat(Bytes.u32(report, 16)).isEqualTo(Packets.timestamp(pair.b.lastRtp()));
    assertThat(Bytes.u32(report, 20)).as("packets").isEqualTo(5);
    assertThat(Bytes.u32(report, 24)).as("octets").isEqualTo(800);
  }

  @Test
  void theNameIsOursAndNotThePeers() {
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 1000));
    byte[] report = pair.b.lastRtcp();
    int sdes = RtcpView.length(report, 0);
    assertThat(RtcpView.type(report, sdes)).isEqualTo(RtcpView.SDES);
    assertThat(Bytes.u32(report, sdes + 4)).isEqualTo(pair.b.ssrc());
    assertThat(new String(report, sdes + 10, report[sdes + 9], StandardCharsets.US_ASCII))
        .isEqualTo(new String(pair.b.leg.cname(), StandardCharsets.US_ASCII));
  }

  @Test
  void aReportBlockNamesTheSourceAndItsOwnSequenceNumbersWithTheirCycles() {
    int ours = Packets.seq(pair.b.lastRtp());
    pair.b.receiveRtcp(Packets.receiverReport(B_SSRC, pair.b.ssrc(), ours));
    byte[] report = pair.a.lastRtcp();
    assertThat(RtcpView.type(report, 0)).isEqualTo(RtcpView.RR);
    assertThat(RtcpView.count(report, 0)).isEqualTo(1);
    assertThat(RtcpView.ssrc(report, 0)).isEqualTo(pair.a.ssrc());
    assertThat(Bytes.u32(report, 8)).isEqualTo(A_SSRC);
    assertThat(Bytes.u32(report, 16)).as("65533 + 4, one cycle on").isEqualTo(0x1_0001);
  }

  @Test
  void aBlockAboutAStreamWeNeverSentIsReplacedByOurs() {
    byte[] foreign = Packets.receiverReport(B_SSRC, 0x666, 1);
    Bytes.put32(foreign, 12, 0x55);
    pair.b.receiveRtcp(foreign);
    byte[] report = pair.a.lastRtcp();
    assertThat(RtcpView.isCompound(report, 0, report.length)).isTrue();
    assertThat(RtcpView.count(report, 0)).isEqualTo(1);
    assertThat(Bytes.u32(report, 8)).isEqualTo(A_SSRC);
    assertThat(Bytes.u32(report, 12)).as("nothing was lost").isZero();
    assertThat(Bytes.u32(report, 16)).as("65533 + 4, one cycle on").isEqualTo(0x1_0001);
  }

  private byte[] answerTo(byte[] report) {
    byte[] answer = Packets.receiverReport(B_SSRC, pair.b.ssrc(), Packets.seq(pair.b.lastRtp()));
    Bytes.put32(answer, 24, Bytes.u32(report, 10));
    Bytes.put32(answer, 28, 0x777);
    pair.b.receiveRtcp(answer);
    return pair.a.lastRtcp();
  }

  @Test
  void anAnswerTellsTheSourceTheRoundTripOfItsOwnReportsAlone() {
    pair.a.receiveRtcp(Packets.senderReport(A_SSRC, 1000));
    byte[] relayed = answerTo(pair.b.lastRtcp());
    assertThat(Bytes.u32(relayed, 24)).isEqualTo(0x33440000);
    assertThat(Bytes.u32(relayed, 28)).isEqualTo(0x777);
  }

  @Test
  void anAnswerToAReportOfOursTellsTheSourceNoRoundTrip() {
    int before = pair.b.rtcp.size();
    while (pair.b.rtcp.size() == before) {
      pair.pass();
      pair.b.leg.onTick(pair.now);
    }
    assertThat(RtcpView.type(pair.b.lastRtcp(), 0)).isEqualTo(RtcpView.SR);
    byte[] relayed = answerTo(pair.b.lastRtcp());
    assertThat(RtcpView.count(relayed, 0)).isEqualTo(1);
    assertThat(Bytes.u32(relayed, 24)).isZero();
    assertThat(Bytes.u32(relayed, 28)).isZero();
  }

  @Test
  void aSenderWithoutAClockIsReportedByOurs() {
    byte[] report = Packets.senderReport(A_SSRC, 1000);
    Bytes.put32(report, 8, 0);
    pair.a.receiveRtcp(report);
    assertThat(RtcpView.type(pair.b.lastRtcp(), 0)).isEqualTo(RtcpView.RR);
  }

  @Test
  void aNackAsksTheSourceForItsOwnNumber() {
    int lost = Packets.seq(pair.b.rtp.get(2));
    int ssrc = pair.b.ssrc();
    pair.b.receiveRtcp(Packets.feedback(RtcpView.RTPFB, 1, B_SSRC, ssrc, lost << 16 | 0x5));
    byte[] nack = last(pair.a.lastRtcp());
    assertThat(RtcpView.type(nack, 0)).isEqualTo(RtcpView.RTPFB);
    assertThat(RtcpView.ssrc(nack, 0)).isEqualTo(pair.a.ssrc());
    assertThat(RtcpView.mediaSsrc(nack, 0)).isEqualTo(A_SSRC);
    assertThat(Bytes.u16(nack, 12)).isEqualTo(65_535);
    assertThat(Bytes.u16(nack, 14)).isEqualTo(0x5);
  }

  @Test
  void pictureRequestsReachTheSource() {
    pair.b.receiveRtcp(Packets.feedback(RtcpView.PSFB, 1, B_SSRC, pair.b.ssrc()));
    byte[] pli = last(pair.a.lastRtcp());
    assertThat(RtcpView.mediaSsrc(pli, 0)).isEqualTo(A_SSRC);
    pair.b.receiveRtcp(Packets.feedback(RtcpView.PSFB, 4, B_SSRC, 0, pair.b.ssrc(), 7 << 24));
    byte[] fir = last(pair.a.lastRtcp());
    assertThat(Bytes.u32(fir, 12)).isEqualTo(A_SSRC);
    assertThat(Bytes.u32(fir, 16)).as("our first demand").isEqualTo(1 << 24);
  }

  @Test
  void transportWideFeedbackAndOthersAreDropped() {
    int before = pair.a.rtcp.size();
    pair.b.receiveRtcp(Packets.feedback(RtcpView.RTPFB, 15, B_SSRC, pair.b.ssrc(), 1, 2));
    pair.b.receiveRtcp(Packets.feedback(RtcpView.PSFB, 15, B_SSRC, 0, 1, 2));
    pair.b.receiveRtcp(Packets.feedback(204, 1, B_SSRC, 0, 1, 2));
    assertThat(pair.a.rtcp).hasSize(before);
  }

  @Test
  void feedbackDoesNotReachAPlainPeer() {
    LegPair plain = new LegPair(false).join();
    plain.a.receiveRtp(Packets.rtp(0, A_SSRC, 1, 1, 1));
    plain.b.receiveRtcp(Packets.feedback(RtcpView.PSFB, 1, B_SSRC, plain.b.ssrc()));
    assertThat(plain.a.rtcp).isEmpty();
  }

  private static byte[] goodbyes(int packets) {
    byte[] compound = new byte[8 * packets];
    for (int at = 0; at < compound.length; at += 8) {
      RtcpView.putHeader(compound, at, 1, RtcpView.BYE, 8);
      Bytes.put32(compound, at + 4, A_SSRC);
    }
    return compound;
  }

  @Test
  void ourStreamDoesNotEndWithASourceOfIt() {
    int before = pair.b.rtcp.size();
    pair.a.receiveRtcp(goodbyes(1));
    pair.a.receiveRtcp(goodbyes(200));
    assertThat(pair.b.rtcp).hasSize(before);
  }

  @Test
  void noiseThatPassesTheLengthCheckBreaksNothing() {
    Random random = new Random(3);
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] noise = new byte[4 * (1 + random.nextInt(20))];
      random.nextBytes(noise);
      noise[0] = (byte) (0x80 | noise[0] & 0x1F);
      noise[1] = (byte) (200 + random.nextInt(8));
      Bytes.put16(noise, 2, random.nextInt(4) == 0 ? random.nextInt(9) : noise.length / 4 - 1);
      if (RtcpView.isCompound(noise, 0, noise.length)) {
        passed++;
        pair.a.receiveRtcp(noise);
      }
    }
    assertThat(passed).isGreaterThan(1000);
    pair.b.rtcp.forEach(sent -> assertThat(RtcpView.isCompound(sent, 0, sent.length)).isTrue());
  }

  /** The last packet of a compound. */
  private static byte[] last(byte[] compound) {
    int at = 0;
    while (at + RtcpView.length(compound, at) < compound.length) {
      at += RtcpView.length(compound, at);
    }
    return Arrays.copyOfRange(compound, at, compound.length);
  }
}
