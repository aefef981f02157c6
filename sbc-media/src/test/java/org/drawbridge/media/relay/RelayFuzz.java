package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpFixture;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpReceiver;
import org.drawbridge.media.srtp.SrtpResult;

/**
 * Whatever two peers send, in plain or as if encrypted: no exception; each gets RTP of our one SSRC
 * with payload types it knows, and RTCP that is whole, begins with a report of ours and names
 * nobody.
 *
 * <p>An input is a row of packets: two bytes of length, of which the top bit says whose, then the
 * packet.
 */
public final class RelayFuzz {

  private static final int MOST = 1500;
  private static final int EVENTS = 101;
  private static final SrtpKeys KEYS = SrtpFixture.keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 5);
  private static final SrtpKeys GCM = SrtpFixture.keys(SrtpProfile.AEAD_AES_128_GCM, 6);

  private RelayFuzz() {}

  /** One row of packets. */
  public static void fuzzerTestOneInput(byte[] data) {
    LegPair pair = new LegPair(true);
    KeyRoute keys =
        new KeyRoute(
            Map.of(EVENTS, 8000), Map.of(8, AudioCodec.PCMA), new KeyForm.Events(97, 48_000));
    KeyRoute back =
        new KeyRoute(Map.of(97, 48_000), Map.of(), new KeyForm.Tones(8, AudioCodec.PCMA));
    pair.join(
        PayloadMap.of(Map.of(0, 0, 8, 8, 96, 96), Map.of(), keys),
        PayloadMap.of(Map.of(0, 0, 8, 8, 96, 96), Map.of(), back));
    ByteBuffer in = ByteBuffer.wrap(data);
    while (in.remaining() > 2) {
      int head = in.getShort() & 0xFFFF;
      byte[] packet = new byte[Math.min(Math.min(head & 0x7FFF, MOST), in.remaining())];
      in.get(packet);
      receive((head & 0x8000) == 0 ? pair.a : pair.b, packet);
      pair.a.leg.onTick(pair.now);
      forge(packet, KEYS);
      forge(packet, GCM);
    }
    check(pair.a);
    check(pair.b);
  }

  private static void receive(LegPair.Side side, byte[] packet) {
    if (RtcpView.isRtcp(packet, 0, packet.length)) {
      if (RtcpView.isCompound(packet, 0, packet.length)) {
        side.receiveRtcp(packet);
      }
    } else if (RtpView.isRtp(packet, 0, packet.length)) {
      side.receiveRtp(packet);
    }
  }

  /** Without the key nothing passes. */
  private static void forge(byte[] packet, SrtpKeys keys) {
    SrtpReceiver receiver = new SrtpReceiver(keys);
    byte[] buf = Arrays.copyOf(packet, packet.length + 64);
    assertThat(receiver.unprotectRtp(buf, 0, packet.length)).isNotEqualTo(SrtpResult.OK);
    buf = Arrays.copyOf(packet, packet.length + 64);
    assertThat(receiver.unprotectRtcp(buf, 0, packet.length)).isNotEqualTo(SrtpResult.OK);
  }

  private static void check(LegPair.Side side) {
    for (byte[] rtp : side.rtp) {
      assertThat(RtpView.isRtp(rtp, 0, rtp.length)).isTrue();
      assertThat(RtpView.headerLength(rtp, 0, rtp.length)).isEqualTo(RtpView.HEADER);
      assertThat(RtpView.ssrc(rtp, 0)).isEqualTo(side.ssrc());
      assertThat(RtpView.payloadType(rtp, 0)).isIn(0, 8, 96, 97);
    }
    for (byte[] rtcp : side.rtcp) {
      assertThat(RtcpView.isCompound(rtcp, 0, rtcp.length)).isTrue();
      assertThat(RtcpView.type(rtcp, 0)).isIn(RtcpView.SR, RtcpView.RR);
      for (int at = 0; at < rtcp.length; at += RtcpView.length(rtcp, at)) {
        assertThat(Bytes.u32(rtcp, at + 4)).isEqualTo(side.ssrc());
      }
      String cname = new String(side.leg.cname(), StandardCharsets.US_ASCII);
      assertThat(new String(rtcp, StandardCharsets.ISO_8859_1)).contains(cname);
    }
  }
}
