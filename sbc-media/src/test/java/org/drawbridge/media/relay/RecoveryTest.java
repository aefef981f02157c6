package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.drawbridge.media.api.LegStats.Recovery;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.rtp.RtcpView;
import org.junit.jupiter.api.Test;

/** What is counted of losses of pictures and of their repair. */
class RecoveryTest {

  private static final int VP8 = 96;
  private static final int RTX = 97;
  private static final int NACK = 1;
  private static final int PLI = 1;
  private static final int FIR = 4;
  private static final int SOURCE = 0xA;

  private final LegPair pair = new LegPair(true);

  private RecoveryTest() {
    PayloadMap types = PayloadMap.of(Map.of(VP8, VP8), Map.of(VP8, 90_000));
    PayloadMap video = types.forVideo(Map.of(RTX, RTX), Map.of());
    RelayLeg.join(pair.a.leg, pair.b.leg, video, video);
    pair.a.describe(true, true);
    pair.b.describe(true, true);
    pair.a.receiveRtp(Packets.rtp(VP8, SOURCE, 1, 3_000, 1));
  }

  private void ask(int type, int form, int media, int... extra) {
    pair.b.receiveRtcp(Packets.feedback(type, form, 0xB, media, extra));
  }

  private int towardB() {
    return pair.b.leg.outbound().ssrc();
  }

  @Test
  void aQuietPathHasNothingToTell() {
    assertThat(pair.b.leg.stats().recovery()).isSameAs(Recovery.NONE);
  }

  @Test
  void eachPacketThatIsAskedForAgainCounts() {
    ask(RtcpView.RTPFB, NACK, towardB(), 1 << 16 | 0b101, 40 << 16);
    assertThat(pair.b.leg.stats().recovery()).isEqualTo(new Recovery(4, 0, 0));
    assertThat(pair.a.leg.stats().recovery()).isSameAs(Recovery.NONE);
  }

  @Test
  void wholePicturesCountInBothForms() {
    ask(RtcpView.PSFB, PLI, towardB());
    ask(RtcpView.PSFB, FIR, 0, towardB(), 1 << 24);
    assertThat(pair.b.leg.stats().recovery()).isEqualTo(new Recovery(0, 2, 0));
  }

  @Test
  void whatIsAskedOfOthersDoesNotCount() {
    ask(RtcpView.RTPFB, NACK, 0x77, 1 << 16);
    ask(RtcpView.PSFB, PLI, 0x77);
    ask(RtcpView.PSFB, FIR, 0, 0x77, 1 << 24);
    assertThat(pair.b.leg.stats().recovery()).isEqualTo(new Recovery(0, 0, 0));
  }

  @Test
  void aPacketSentAgainCountsAsNoNewOne() {
    pair.a.receiveRtp(Packets.rtp(RTX, 0xAA, 7, 3_000, 2));
    assertThat(pair.a.leg.stats().recovery()).isEqualTo(new Recovery(0, 0, 1));
    assertThat(pair.a.leg.stats().packetsReceived()).isEqualTo(2);
    assertThat(pair.a.leg.inbound().expected()).isEqualTo(1);
  }
}
