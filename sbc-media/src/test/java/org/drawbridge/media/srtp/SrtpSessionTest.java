package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtcp;
import static org.drawbridge.media.srtp.SrtpFixture.protectRtp;
import static org.drawbridge.media.srtp.SrtpFixture.rtcp;
import static org.drawbridge.media.srtp.SrtpFixture.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {

  private static final int SSRC = 0xCAFE0001;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void everyPacketOfALossyShuffledStreamArrivesOnceAcrossWraps(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.keys(profile, 1);
    SrtpSender sender = new SrtpSender(keys);
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
    Random random = new Random(42);
    int start = 32_000;
    int total = 70_000;
    List<byte[]> inFlight = new ArrayList<>();
    int accepted = 0;
    int sent = 0;
    for (int i = 0; i < total; i++) {
      byte[] packet = protectRtp(sender, rtp(SSRC, start + i & 0xFFFF, 20));
      if (random.nextInt(100) < 5) {
        continue;
      }
      sent++;
      inFlight.add(packet);
      if (inFlight.size() == 8) {
        Collections.shuffle(inFlight, random);
        for (byte[] arriving : inFlight) {
          accepted += receive(receiver, arriving) == SrtpResult.OK ? 1 : 0;
          assertThat(receive(receiver, arriving)).isEqualTo(SrtpResult.REPLAYED);
        }
        inFlight.clear();
      }
    }
    assertThat(accepted).isEqualTo(sent - inFlight.size());
  }

  private static SrtpResult receive(SrtpReceiver receiver, byte[] packet) {
    byte[] copy = packet.clone();
    SrtpResult result = receiver.unprotectRtp(copy, 0, copy.length);
    if (result == SrtpResult.OK) {
      int seq = (copy[2] & 0xFF) << 8 | copy[3] & 0xFF;
      assertThat(Arrays.copyOf(copy, receiver.length())).isEqualTo(rtp(SSRC, seq, 20));
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void rtcpComesBackAndIsNotReplayed(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.keys(profile, 2);
    SrtpSender sender = new SrtpSender(keys);
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
    byte[] packet = protectRtcp(sender, rtcp(SSRC));
    byte[] copy = packet.clone();
    assertThat(receiver.unprotectRtcp(copy, 0, copy.length)).isEqualTo(SrtpResult.OK);
    assertThat(Arrays.copyOf(copy, receiver.length())).isEqualTo(rtcp(SSRC));
    assertThat(receiver.unprotectRtcp(packet, 0, packet.length)).isEqualTo(SrtpResult.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void aForgedPacketMovesNoState(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.keys(profile, 3);
    SrtpSender sender = new SrtpSender(keys);
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
    assertThat(receive(receiver, protectRtp(sender, rtp(SSRC, 10, 20)))).isEqualTo(SrtpResult.OK);
    for (int jump : new int[] {11, 200, 30_000, 33_000, 65_000}) {
      byte[] forged =
          protectRtp(new SrtpSender(SrtpFixture.keys(profile, 99)), rtp(SSRC, jump, 20));
      assertThat(receive(receiver, forged)).isIn(SrtpResult.NOT_AUTHENTIC, SrtpResult.REPLAYED);
    }
    assertThat(receive(receiver, protectRtp(sender, rtp(SSRC, 11, 20)))).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void oneChangedByteAnywhereIsNoticed(SrtpProfile profile) {
    SrtpKeys keys = SrtpFixture.keys(profile, 4);
    byte[] packet = protectRtp(new SrtpSender(keys), rtp(SSRC, 10, 20));
    byte[] report = protectRtcp(new SrtpSender(keys), rtcp(SSRC));
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
    for (int at = 0; at < packet.length; at++) {
      byte[] changed = packet.clone();
      changed[at] ^= 1;
      assertThat(receiver.unprotectRtp(changed, 0, changed.length)).isNotEqualTo(SrtpResult.OK);
    }
    for (int at = 0; at < report.length; at++) {
      byte[] changed = report.clone();
      changed[at] ^= 1;
      assertThat(receiver.unprotectRtcp(changed, 0, changed.length)).isNotEqualTo(SrtpResult.OK);
    }
    assertThat(receiver.unprotectRtp(packet, 0, packet.length)).isEqualTo(SrtpResult.OK);
    assertThat(receiver.unprotectRtcp(report, 0, report.length)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void anIndexIsNeverSealedTwice(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(SrtpFixture.keys(profile, 5));
    protectRtp(sender, rtp(SSRC, 10, 20));
    protectRtp(sender, rtp(SSRC, 11, 20));
    byte[] again = Arrays.copyOf(rtp(SSRC, 10, 20), 64);
    assertThat(sender.protectRtp(again, 0, 32)).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void aPeerMayUseOnlySoManyStreams() {
    SrtpKeys keys = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 6);
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.otherSide(keys));
    for (int i = 0; i < SsrcTable.CAP; i++) {
      byte[] packet = protectRtp(new SrtpSender(keys), rtp(i, 1, 20));
      assertThat(receiver.unprotectRtp(packet, 0, packet.length)).isEqualTo(SrtpResult.OK);
    }
    byte[] beyond = protectRtp(new SrtpSender(keys), rtp(-1, 1, 20));
    assertThat(receiver.unprotectRtp(beyond, 0, beyond.length))
        .isEqualTo(SrtpResult.TOO_MANY_STREAMS);
    byte[] known = protectRtp(new SrtpSender(keys), rtp(7, 2, 20));
    assertThat(receiver.unprotectRtp(known, 0, known.length)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shortAndMalformedPacketsAreValues(SrtpProfile profile) {
    SrtpReceiver receiver = new SrtpReceiver(SrtpFixture.keys(profile, 7));
    Random random = new Random(8);
    for (int length = 0; length < 80; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      if (length > 0) {
        noise[0] = (byte) (0x80 | noise[0] & 0x3F);
      }
      assertThat(receiver.unprotectRtp(noise, 0, length)).isNotEqualTo(SrtpResult.OK);
      assertThat(receiver.unprotectRtcp(noise, 0, length)).isNotEqualTo(SrtpResult.OK);
    }
  }
}
