package org.drawbridge.media.net;

import java.util.Arrays;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;

/** Builds and reads plain RTP and RTCP for tests. */
public final class Packets {

  private Packets() {}

  /** A packet of 160 equal payload bytes. */
  public static byte[] rtp(int type, int ssrc, int seq, int timestamp, int fill) {
    byte[] packet = new byte[RtpView.HEADER + 160];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) type;
    RtpView.setSeq(packet, 0, seq);
    RtpView.setTimestamp(packet, 0, timestamp);
    RtpView.setSsrc(packet, 0, ssrc);
    Arrays.fill(packet, RtpView.HEADER, packet.length, (byte) fill);
    return packet;
  }

  /** A sender report without blocks. */
  public static byte[] senderReport(int ssrc, int timestamp) {
    byte[] packet = new byte[28];
    RtcpView.putHeader(packet, 0, 0, RtcpView.SR, packet.length);
    Bytes.put32(packet, 4, ssrc);
    Bytes.put32(packet, 8, 0x11223344);
    Bytes.put32(packet, 16, timestamp);
    return packet;
  }

  /** A receiver report with one block. */
  public static byte[] receiverReport(int ssrc, int about, int highest) {
    byte[] packet = new byte[32];
    RtcpView.putHeader(packet, 0, 1, RtcpView.RR, packet.length);
    Bytes.put32(packet, 4, ssrc);
    Bytes.put32(packet, 8, about);
    Bytes.put32(packet, 16, highest);
    return packet;
  }

  /** A feedback packet: {@code extra} follows sender and media SSRC. */
  public static byte[] feedback(int type, int format, int ssrc, int media, int... extra) {
    byte[] packet = new byte[12 + 4 * extra.length];
    RtcpView.putHeader(packet, 0, format, type, packet.length);
    Bytes.put32(packet, 4, ssrc);
    Bytes.put32(packet, 8, media);
    for (int i = 0; i < extra.length; i++) {
      Bytes.put32(packet, 12 + 4 * i, extra[i]);
    }
    return packet;
  }

  public static boolean isRtp(byte[] packet) {
    return RtpView.isRtp(packet, 0, packet.length) && !RtcpView.isRtcp(packet, 0, packet.length);
  }

  public static boolean isRtcp(byte[] packet) {
    return RtcpView.isRtcp(packet, 0, packet.length);
  }

  public static int seq(byte[] packet) {
    return RtpView.seq(packet, 0);
  }

  public static int ssrc(byte[] packet) {
    return RtpView.ssrc(packet, 0);
  }

  public static int timestamp(byte[] packet) {
    return RtpView.timestamp(packet, 0);
  }

  public static int payloadType(byte[] packet) {
    return RtpView.payloadType(packet, 0);
  }

  public static byte[] payload(byte[] packet) {
    return Arrays.copyOfRange(packet, RtpView.HEADER, packet.length);
  }
}
