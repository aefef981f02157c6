package org.drawbridge.media.relay;

import org.drawbridge.media.plane.Feedback;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtcpView;

/**
 * Writes feedback of one leg's peer as the other leg's peer must see it (RFC 4585, RFC 5104): asked
 * of its own stream, and only what it has said it understands. A request for a whole picture takes
 * the form the peer knows. Transport-wide feedback passes as it is, since the sequence numbers it
 * speaks of do.
 */
final class RtcpFeedback {

  private static final int GENERIC_NACK = 1;
  private static final int TRANSPORT_CC = 15;
  private static final int PLI = 1;
  private static final int FIR = 4;
  private static final int APPLICATION = 15;
  private static final int REMB = 0x52454D42;
  private static final int FIXED = 12;
  private static final int FIR_BYTES = 20;
  private static final int REMB_BYTES = 24;

  private RtcpFeedback() {}

  /**
   * Writes what becomes of one checked RTPFB or PSFB packet.
   *
   * @param out where to, with room from {@code end} to {@code capacity}
   * @return the bytes written, 0 when it does not pass
   */
  static int write(
      byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end, int capacity) {
    int length = RtcpView.length(buf, at);
    if (!isCarrying(from, to) || end + Math.max(length, REMB_BYTES) > capacity) {
      return 0;
    }
    boolean transport = RtcpView.type(buf, at) == RtcpView.RTPFB;
    return switch (RtcpView.count(buf, at)) {
      case GENERIC_NACK ->
          transport ? nack(buf, at, from, to, out, end) : pli(buf, at, from, to, out, end);
      case FIR -> transport ? 0 : fir(buf, at, from, to, out, end);
      case TRANSPORT_CC ->
          transport
              ? transportWide(buf, at, from, to, out, end)
              : remb(buf, at, from, to, out, end);
      default -> 0;
    };
  }

  /** Whether what {@code from} was sent is the stream {@code to} is sending now. */
  private static boolean isCarrying(RelayLeg from, RelayLeg to) {
    return to.inbound().started() && from.outbound().carries(to.inbound().ssrc());
  }

  private static int nack(byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end) {
    if (!to.takes(Feedback.NACK) || !isAbout(buf, at, from)) {
      return 0;
    }
    int length = copy(buf, at, to, out, end);
    for (int entry = end + FIXED; entry < end + length; entry += 4) {
      Bytes.put16(out, entry, from.outbound().toSourceSeq(Bytes.u16(out, entry)));
    }
    return length;
  }

  private static int pli(byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end) {
    return isAbout(buf, at, from) ? wholePicture(to, out, end) : 0;
  }

  /** FIR names its media sources in its entries. */
  private static int fir(byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end) {
    int limit = at + RtcpView.length(buf, at);
    for (int entry = at + FIXED; entry + 8 <= limit; entry += 8) {
      if (Bytes.u32(buf, entry) == from.outbound().ssrc()) {
        return to.takes(Feedback.FIR)
            ? writeFir(to, to.pictures().firNumber(buf[entry + 4] & 0xFF), out, end)
            : wholePicture(to, out, end);
      }
    }
    return 0;
  }

  /**
   * Asks a leg's peer for a whole picture.
   *
   * @return the bytes written, 0 when it understands neither form: then signalling is to ask
   */
  static int wholePicture(RelayLeg to, byte[] out, int end) {
    if (to.takes(Feedback.PLI)) {
      RtcpView.putHeader(out, end, PLI, RtcpView.PSFB, FIXED);
      putSources(to, out, end);
      return FIXED;
    }
    if (to.takes(Feedback.FIR)) {
      return writeFir(to, to.pictures().nextFirNumber(), out, end);
    }
    to.pictures().want();
    return 0;
  }

  private static int writeFir(RelayLeg to, int number, byte[] out, int end) {
    RtcpView.putHeader(out, end, FIR, RtcpView.PSFB, FIR_BYTES);
    Bytes.put32(out, end + 4, to.outbound().ssrc());
    Bytes.put32(out, end + 8, 0);
    Bytes.put32(out, end + 12, to.inbound().ssrc());
    Bytes.put32(out, end + 16, number << 24);
    return FIR_BYTES;
  }

  private static int transportWide(
      byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end) {
    return to.takes(Feedback.TRANSPORT_CC) ? copy(buf, at, to, out, end) : 0;
  }

  /** An estimate for the whole transport, which we tie to the one stream we pass on. */
  private static int remb(byte[] buf, int at, RelayLeg from, RelayLeg to, byte[] out, int end) {
    boolean whole =
        RtcpView.length(buf, at) >= REMB_BYTES - 4 && Bytes.u32(buf, at + FIXED) == REMB;
    if (!whole || !to.takes(Feedback.REMB)) {
      return 0;
    }
    System.arraycopy(buf, at, out, end, REMB_BYTES - 4);
    RtcpView.putHeader(out, end, APPLICATION, RtcpView.PSFB, REMB_BYTES);
    Bytes.put32(out, end + 4, to.outbound().ssrc());
    out[end + 16] = 1;
    Bytes.put32(out, end + 20, to.inbound().ssrc());
    return REMB_BYTES;
  }

  private static boolean isAbout(byte[] buf, int at, RelayLeg from) {
    return RtcpView.mediaSsrc(buf, at) == from.outbound().ssrc();
  }

  private static int copy(byte[] buf, int at, RelayLeg to, byte[] out, int end) {
    int length = RtcpView.length(buf, at);
    System.arraycopy(buf, at, out, end, length);
    putSources(to, out, end);
    return length;
  }

  private static void putSources(RelayLeg to, byte[] out, int end) {
    Bytes.put32(out, end + 4, to.outbound().ssrc());
    Bytes.put32(out, end + 8, to.inbound().ssrc());
  }
}
