package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayLegTest {

  private final LegPair pair = new LegPair(true).join();

  @Test
  void aPacketLeavesUnderOurSsrcWithItsPayloadAndMarker() {
    byte[] sent = Packets.rtp(0, 77, 10, 100, 5);
    pair.a.receiveRtp(sent);
    byte[] next = Packets.rtp(0, 77, 11, 260, 6);
    next[1] |= (byte) 0x80;
    pair.a.receiveRtp(next);
    byte[] heard = pair.b.lastRtp();
    assertThat(Packets.ssrc(heard)).isEqualTo(pair.b.ssrc()).isNotEqualTo(77);
    assertThat(RtpView.marker(heard, 0)).isTrue();
    assertThat(Packets.payload(heard)).isEqualTo(Packets.payload(next));
    assertThat(pair.a.events).containsExactly("started");
    assertThat(pair.a.leg.stats().packetsReceived()).isEqualTo(2);
    assertThat(pair.b.leg.stats().bytesSent()).isEqualTo(320);
  }

  @Test
  void headerExtensionsAndContributorsStayBehind() {
    byte[] plain = Packets.rtp(111, 77, 10, 100, 5);
    byte[] extended = new byte[plain.length + 4 + 12];
    System.arraycopy(plain, 0, extended, 0, 12);
    extended[0] |= 0x11;
    Bytes.put32(extended, 12, 0x12345678);
    Bytes.put32(extended, 16, 0xBEDE0002);
    System.arraycopy(plain, 12, extended, 28, plain.length - 12);
    pair.a.receiveRtp(extended);
    byte[] heard = pair.b.lastRtp();
    assertThat(heard).hasSameSizeAs(plain);
    assertThat(heard[0]).isEqualTo((byte) 0x80);
    assertThat(Packets.payload(heard)).isEqualTo(Packets.payload(plain));
  }

  @Test
  void payloadTypesAreMappedAndOthersDropped() {
    PayloadMap map = PayloadMap.of(Map.of(111, 96));
    RelayLeg.join(pair.a.leg, pair.b.leg, map, PayloadMap.identity());
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.a.receiveRtp(Packets.rtp(111, 77, 11, 100, 5));
    assertThat(pair.b.rtp).hasSize(1);
    assertThat(Packets.payloadType(pair.b.lastRtp())).isEqualTo(96);
  }

  @Test
  void aPeerOnHoldIsSentNothingButReports() {
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.b.describe(false, true);
    pair.a.receiveRtp(Packets.rtp(0, 77, 11, 260, 5));
    pair.a.receiveRtcp(Packets.senderReport(77, 260));
    assertThat(pair.b.rtp).hasSize(1);
    assertThat(pair.b.rtcp).hasSize(1);
  }

  @Test
  void aPeerThatWasOnHoldMissesNothingOfWhatWasSaidMeanwhile() {
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.b.describe(false, true);
    for (int i = 1; i <= 50; i++) {
      pair.a.receiveRtp(Packets.rtp(0, 77, 10 + i, 100 + 160 * i, 5));
    }
    pair.b.describe(true, true);
    pair.a.receiveRtp(Packets.rtp(0, 77, 61, 100 + 160 * 51, 5));
    byte[] before = pair.b.rtp.getFirst();
    byte[] after = pair.b.rtp.get(1);
    assertThat(Packets.seq(after)).isEqualTo(Packets.seq(before) + 1);
    assertThat(Packets.timestamp(after) - Packets.timestamp(before)).isEqualTo(160 * 51);
  }

  @Test
  void whatIsNotPassedOnIsNotMissed() {
    PayloadMap map = PayloadMap.of(Map.of(0, 0));
    RelayLeg.join(pair.a.leg, pair.b.leg, map, PayloadMap.identity());
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.a.receiveRtp(Packets.rtp(13, 77, 11, 260, 5));
    pair.a.receiveRtp(Packets.rtp(13, 77, 12, 1860, 5));
    pair.a.receiveRtp(Packets.rtp(0, 77, 13, 3460, 5));
    byte[] before = pair.b.rtp.getFirst();
    byte[] after = pair.b.rtp.get(1);
    assertThat(Packets.seq(after)).isEqualTo(Packets.seq(before) + 1);
    assertThat(Packets.timestamp(after) - Packets.timestamp(before)).isEqualTo(3360);
  }

  @Test
  void joiningAnewInPlaceKeepsTheStreamAndJoiningAnotherEndsTheFirst() {
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    RelayLeg.join(pair.a.leg, pair.b.leg, PayloadMap.identity(), PayloadMap.identity());
    pair.a.receiveRtp(Packets.rtp(0, 77, 12, 420, 5));
    assertThat(Packets.seq(pair.b.lastRtp())).isEqualTo(Packets.seq(pair.b.rtp.get(0)) + 2);

    LegPair other = new LegPair(true).join();
    RelayLeg.join(pair.a.leg, other.b.leg, PayloadMap.identity(), PayloadMap.identity());
    pair.b.receiveRtp(Packets.rtp(0, 88, 10, 100, 5));
    other.a.receiveRtp(Packets.rtp(0, 99, 10, 100, 5));
    assertThat(pair.a.rtp).as("parted from b").isEmpty();
    assertThat(other.b.rtp).as("parted from the other a").isEmpty();
    pair.a.receiveRtp(Packets.rtp(0, 77, 13, 580, 5));
    assertThat(other.b.rtp).hasSize(1);
  }

  @Test
  void aPartedLegIsHeardByNobodyAndLivesOn() {
    pair.a.leg.part();
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.b.receiveRtp(Packets.rtp(0, 88, 10, 100, 5));
    assertThat(pair.a.rtp).isEmpty();
    assertThat(pair.b.rtp).isEmpty();
    assertThat(pair.a.leg.stats().packetsReceived()).isEqualTo(1);
  }

  @Test
  void silenceIsToldAndSoundEndsIt() {
    pair.a.receiveRtp(Packets.rtp(0, 77, 10, 100, 5));
    pair.now += LegPair.SILENCE_NANOS - 30_000_000;
    pair.a.leg.onTick(pair.now);
    assertThat(pair.a.events).containsExactly("started");
    pair.now += 30_000_000;
    pair.a.leg.onTick(pair.now);
    assertThat(pair.a.events).hasSize(2).last().asString().startsWith("silent 100");
    pair.now += LegPair.SILENCE_NANOS - 30_000_000;
    pair.a.leg.onTick(pair.now);
    pair.a.receiveRtcp(Packets.senderReport(77, 260));
    pair.now += 30_000_000;
    pair.a.leg.onTick(pair.now);
    assertThat(pair.a.events).hasSize(2);
  }

  /** A muted phone of G.729 sends nothing until the noise around it changes (Annex B). */
  @ParameterizedTest
  @CsvSource({"13,1,false", "18,2,false", "18,12,false", "18,20,true", "0,2,true"})
  void whoHasSaidThatItFallsSilentIsNotMissed(int type, int payload, boolean missed) {
    byte[] packet = Packets.rtp(type, 77, 10, 100, 5);
    pair.a.receiveRtp(Arrays.copyOf(packet, RtpView.HEADER + payload));
    pair.a.leg.onTick(pair.now + LegPair.SILENCE_NANOS);
    assertThat(pair.a.events).hasSize(missed ? 2 : 1);
  }

  @Test
  void aPeerThatSaidItWouldNotSendIsNotSilent() {
    pair.a.describe(true, false);
    pair.a.leg.onTick(pair.now + 100 * LegPair.SILENCE_NANOS);
    assertThat(pair.a.events).isEmpty();
  }

  @Test
  void lossAndJitterAreMeasured() {
    for (int seq : new int[] {10, 11, 14, 15}) {
      pair.a.receiveRtp(Packets.rtp(0, 77, seq, 160 * seq, 5));
    }
    assertThat(pair.a.leg.stats().packetsLost()).isEqualTo(2);
    assertThat(pair.a.leg.stats().jitterMillis()).isBetween(1.0, 5.0);
  }
}
