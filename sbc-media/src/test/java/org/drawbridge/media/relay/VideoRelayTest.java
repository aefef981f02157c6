package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures between two legs: marks, extensions, repairs and the feedback that recovers them. */
class VideoRelayTest {

  private static final int VP8 = 96;
  private static final int RTX = 97;
  private static final int A_SSRC = 0xA;
  private static final int A_REPAIR = 0xAA;
  private static final int B_SSRC = 0xB;
  private static final int CLOCK_STEP = 3_000;

  private final LegPair pair = new LegPair(true);

  @BeforeEach
  void joinVideo() {
    PayloadMap types = PayloadMap.of(Map.of(VP8, 100), Map.of(VP8, 90_000));
    PayloadMap toB = types.forVideo(Map.of(RTX, 101), Map.of(3, 5));
    PayloadMap toA = PayloadMap.of(Map.of(100, VP8)).forVideo(Map.of(101, RTX), Map.of(5, 3));
    RelayLeg.join(pair.a.leg, pair.b.leg, toB, toA);
    understands(EnumSet.allOf(Feedback.class));
    pair.a.describe(true, true);
    pair.b.describe(true, true);
  }

  private void understands(Set<Feedback> feedback) {
    pair.a.leg.shape(new StreamShape(null, 0, List.of(), Set.of(), feedback));
    pair.b.leg.shape(new StreamShape(null, 0, List.of(), Set.of(), EnumSet.allOf(Feedback.class)));
  }

  private void picture(int seq) {
    pair.a.receiveRtp(Packets.rtp(VP8, A_SSRC, seq, CLOCK_STEP * seq, 1));
  }

  private byte[] feedback(int type, int format, int media, int... extra) {
    pair.a.rtcp.clear();
    pair.b.receiveRtcp(Packets.feedback(type, format, B_SSRC, media, extra));
    return pair.a.rtcp.isEmpty() ? new byte[0] : last(pair.a.lastRtcp());
  }

  /** The last packet of a compound. */
  private static byte[] last(byte[] compound) {
    int at = 0;
    while (at + RtcpView.length(compound, at) < compound.length) {
      at += RtcpView.length(compound, at);
    }
    return Arrays.copyOfRange(compound, at, compound.length);
  }

  @Test
  void theMarkerStaysTheEndOfAPicture() {
    picture(1);
    assertThat(RtpView.marker(pair.b.lastRtp(), 0)).as("first of a source").isFalse();
    byte[] end = Packets.rtp(VP8, A_SSRC, 2, CLOCK_STEP, 1);
    end[1] |= (byte) 0x80;
    pair.a.receiveRtp(end);
    assertThat(RtpView.marker(pair.b.lastRtp(), 0)).isTrue();
  }

  @Test
  void extensionsPassUnderTheIdsOfTheOtherLegAndOthersAreBlanked() {
    byte[] plain = Packets.rtp(VP8, A_SSRC, 1, 1, 7);
    byte[] packet = new byte[plain.length + 12];
    System.arraycopy(plain, 0, packet, 0, RtpView.HEADER);
    System.arraycopy(plain, RtpView.HEADER, packet, RtpView.HEADER + 12, 160);
    packet[0] |= 0x10;
    Bytes.put32(packet, 12, 0xBEDE0002);
    packet[16] = 0x31;
    packet[17] = 0x12;
    packet[18] = 0x34;
    packet[19] = 0x40;
    packet[20] = '0';
    packet[21] = 0;
    pair.a.receiveRtp(packet);
    byte[] sent = pair.b.lastRtp();
    assertThat(sent).hasSameSizeAs(packet);
    assertThat(Bytes.u16(sent, 12)).isEqualTo(0xBEDE);
    assertThat(Arrays.copyOfRange(sent, 16, 24)).containsExactly(0x51, 0x12, 0x34, 0, 0, 0, 0, 0);
    assertThat(RtpView.headerLength(sent, 0, sent.length)).isEqualTo(24);
  }

  @Test
  void repairsHaveAStreamOfTheirOwnAndNameTheNumberThePeerKnows() {
    picture(10);
    picture(11);
    int lost = Packets.seq(pair.b.lastRtp());
    byte[] repair = Packets.rtp(RTX, A_REPAIR, 700, CLOCK_STEP * 11, 1);
    Bytes.put16(repair, RtpView.HEADER, 11);
    pair.a.receiveRtp(repair);
    byte[] sent = pair.b.lastRtp();
    assertThat(Packets.payloadType(sent)).isEqualTo(101);
    assertThat(Packets.ssrc(sent)).isNotEqualTo(pair.b.ssrc());
    assertThat(Bytes.u16(sent, RtpView.HEADER)).isEqualTo(lost);
    assertThat(Packets.timestamp(sent)).isEqualTo(Packets.timestamp(pair.b.rtp.get(1)));
    picture(12);
    assertThat(Packets.ssrc(pair.b.lastRtp())).isEqualTo(pair.b.ssrc());
    assertThat(Packets.seq(pair.b.lastRtp())).isEqualTo(lost + 1 & 0xFFFF);
    assertThat(pair.a.leg.inbound().lost()).as("repairs count as no loss").isZero();
  }

  @Test
  void lostPicturesAreAskedForByTheirSourcesNumbers() {
    picture(10);
    picture(11);
    int lost = Packets.seq(pair.b.lastRtp());
    byte[] nack = feedback(RtcpView.RTPFB, 1, pair.b.ssrc(), lost << 16);
    assertThat(RtcpView.mediaSsrc(nack, 0)).isEqualTo(A_SSRC);
    assertThat(Bytes.u16(nack, 12)).isEqualTo(11);
  }

  @Test
  void aWholePictureIsAskedForInTheFormThePeerKnows() {
    picture(1);
    understands(EnumSet.of(Feedback.FIR));
    byte[] fir = feedback(RtcpView.PSFB, 1, pair.b.ssrc());
    assertThat(RtcpView.count(fir, 0)).isEqualTo(4);
    assertThat(Bytes.u32(fir, 12)).isEqualTo(A_SSRC);
    byte[] next = feedback(RtcpView.PSFB, 1, pair.b.ssrc());
    assertThat(next[16]).as("each demand has a number").isNotEqualTo(fir[16]);
    understands(EnumSet.of(Feedback.PLI));
    byte[] pli = feedback(RtcpView.PSFB, 4, 0, pair.b.ssrc(), 7 << 24);
    assertThat(RtcpView.count(pli, 0)).isEqualTo(1);
    assertThat(RtcpView.mediaSsrc(pli, 0)).isEqualTo(A_SSRC);
    understands(EnumSet.noneOf(Feedback.class));
    assertThat(feedback(RtcpView.PSFB, 1, pair.b.ssrc())).isEmpty();
  }

  @Test
  void aNewDemandHasANewNumberAndARepeatedOneTheSame() {
    picture(1);
    understands(EnumSet.of(Feedback.FIR));
    byte ours = feedback(RtcpView.PSFB, 1, pair.b.ssrc())[16];
    byte theirs = feedback(RtcpView.PSFB, 4, 0, pair.b.ssrc(), ours << 24)[16];
    assertThat(theirs).as("not taken for ours again (RFC 5104 4.3.1.1)").isNotEqualTo(ours);
    assertThat(feedback(RtcpView.PSFB, 4, 0, pair.b.ssrc(), ours << 24)[16]).isEqualTo(theirs);
    assertThat(feedback(RtcpView.PSFB, 4, 0, pair.b.ssrc(), ours + 1 << 24)[16])
        .isNotEqualTo(theirs);
  }

  @Test
  void estimatesAndArrivalTimesPassWhereTheyAreUnderstood() {
    picture(1);
    int[] estimate = {0x52454D42, 0x02000001, 0xCAFE, pair.b.ssrc()};
    byte[] remb = feedback(RtcpView.PSFB, 15, 0, estimate);
    assertThat(remb).hasSize(24);
    assertThat(remb[16]).as("one source").isEqualTo((byte) 1);
    assertThat(Bytes.u32(remb, 20)).isEqualTo(A_SSRC);
    byte[] arrivals = feedback(RtcpView.RTPFB, 15, 0, 0x00010002, 0x00000300, 0x20020000);
    assertThat(RtcpView.mediaSsrc(arrivals, 0)).isEqualTo(A_SSRC);
    assertThat(Bytes.u32(arrivals, 12)).isEqualTo(0x00010002);
    understands(EnumSet.of(Feedback.PLI));
    assertThat(feedback(RtcpView.PSFB, 15, 0, estimate)).isEmpty();
    assertThat(feedback(RtcpView.RTPFB, 15, 0, 1, 2)).isEmpty();
  }

  @Test
  void oneThatBeginsToWatchInTheMiddleGetsAWholePicture() {
    pair.b.describe(false, true);
    picture(1);
    picture(2);
    assertThat(pair.a.rtcp).isEmpty();
    pair.b.describe(true, true);
    picture(3);
    picture(4);
    assertThat(pair.a.rtcp).hasSize(1);
    byte[] pli = last(pair.a.lastRtcp());
    assertThat(RtcpView.type(pli, 0)).isEqualTo(RtcpView.PSFB);
    assertThat(RtcpView.mediaSsrc(pli, 0)).isEqualTo(A_SSRC);
  }

  /** Many hardware phones with a screen know INFO alone (RFC 5168). */
  @Test
  void signallingAsksOnceASecondWhomNoFeedbackCanAsk() {
    picture(1);
    understands(EnumSet.noneOf(Feedback.class));
    pair.a.events.clear();
    for (int i = 0; i < 20; i++) {
      assertThat(feedback(RtcpView.PSFB, 1, pair.b.ssrc())).isEmpty();
      assertThat(feedback(RtcpView.PSFB, 4, 0, pair.b.ssrc(), i << 24)).isEmpty();
      pair.now += 100_000_000;
      pair.a.leg.onTick(pair.now);
    }
    assertThat(pair.a.events).containsExactly("picture", "picture");
    pair.a.leg.onTick(pair.now + 2_000_000_000L);
    pair.a.leg.onTick(pair.now + 4_000_000_000L);
    assertThat(pair.a.events).as("the last was still wanted").hasSize(3);
  }

  @Test
  void signallingMayAskForAWholePictureToo() {
    picture(1);
    pair.a.leg.askForPicture();
    byte[] pli = last(pair.a.lastRtcp());
    assertThat(RtcpView.type(pli, 0)).isEqualTo(RtcpView.PSFB);
    assertThat(RtcpView.mediaSsrc(pli, 0)).isEqualTo(A_SSRC);
  }
}
