package org.drawbridge.media.srtp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.drawbridge.media.rtp.Bytes;

/** Keys and packets for SRTP tests. */
public final class SrtpFixture {

  private SrtpFixture() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** Keys of one side; {@link #otherSide} gives those of its peer. */
  public static SrtpKeys keys(SrtpProfile profile, long seed) {
    Random random = new Random(seed);
    byte[] local = new byte[profile.masterLength()];
    byte[] remote = new byte[profile.masterLength()];
    random.nextBytes(local);
    random.nextBytes(remote);
    return new SrtpKeys(profile, local, remote);
  }

  /** Keys of one side with MKIs; the peer may send under either of two. */
  public static SrtpKeys withMkis(SrtpProfile profile, byte[] mki, byte[] other) {
    SrtpKeys first = keys(profile, 1);
    SrtpKeys second = keys(profile, 2);
    return new SrtpKeys(
        profile,
        new MasterKey(first.local(), mki),
        List.of(new MasterKey(first.remote(), mki), new MasterKey(second.remote(), other)));
  }

  /** The same keys as the peer has them. */
  public static SrtpKeys otherSide(SrtpKeys keys) {
    return new SrtpKeys(keys.profile(), keys.theirs().getFirst(), List.of(keys.ours()));
  }

  /** A packet whose payload repeats its sequence number. */
  static byte[] rtp(int ssrc, int seq, int payloadLength) {
    byte[] packet = new byte[12 + payloadLength];
    packet[0] = (byte) 0x80;
    packet[1] = 8;
    Bytes.put16(packet, 2, seq);
    Bytes.put32(packet, 4, seq * 160);
    Bytes.put32(packet, 8, ssrc);
    Arrays.fill(packet, 12, packet.length, (byte) seq);
    return packet;
  }

  /** An empty receiver report. */
  static byte[] rtcp(int ssrc) {
    byte[] packet = new byte[8];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) 201;
    packet[3] = 1;
    Bytes.put32(packet, 4, ssrc);
    return packet;
  }

  static byte[] protectRtp(SrtpSender sender, byte[] plain) {
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    SrtpResult result = sender.protectRtp(buf, 0, plain.length);
    if (result != SrtpResult.OK) {
      throw new AssertionError(result);
    }
    return Arrays.copyOf(buf, sender.length());
  }

  static byte[] protectRtcp(SrtpSender sender, byte[] plain) {
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    SrtpResult result = sender.protectRtcp(buf, 0, plain.length);
    if (result != SrtpResult.OK) {
      throw new AssertionError(result);
    }
    return Arrays.copyOf(buf, sender.length());
  }
}
