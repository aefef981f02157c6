package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtpView;

/**
 * The stream in which a peer gets again what it has lost of another (RFC 4588). Owned by a media
 * loop.
 */
final class RepairStream {

  private static final int CLOCK = 90_000;

  private final OutboundStream repaired;
  private final OutboundStream stream;

  /** Repairs a stream, under the SSRC that a leg has for that. */
  RepairStream(OutboundStream repaired, LegIdentity identity) {
    this.repaired = repaired;
    stream = new OutboundStream(identity.repairSsrc(), ~identity.random());
  }

  /**
   * Makes of a source's retransmission one of ours. It begins with the number the lost packet had
   * (RFC 4588 section 4).
   *
   * @param payload bytes behind the header
   * @param type its payload type toward the peer
   * @return false where it has no place in what the peer was sent
   */
  boolean write(byte[] buf, int off, int len, int payload, int type, long nowNanos) {
    int timestamp = RtpView.timestamp(buf, off);
    if (!repaired.isAnchored()
        || !stream.place(
            RtpView.ssrc(buf, off), RtpView.seq(buf, off), timestamp, CLOCK, nowNanos)) {
      return false;
    }
    if (payload - RtpView.padding(buf, off, len) >= 2) {
      int at = off + len - payload;
      Bytes.put16(buf, at, repaired.toOutSeq(Bytes.u16(buf, at)));
    }
    RtpView.setPayloadType(buf, off, type, RtpView.marker(buf, off));
    stream.stamp(buf, off);
    RtpView.setTimestamp(buf, off, repaired.toOutTimestamp(timestamp));
    return true;
  }
}
