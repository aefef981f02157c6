package org.drawbridge.media.relay;

import org.drawbridge.media.rtp.RtpView;

/** Packets that we put into a peer's stream ourselves. Owned by a media loop. */
final class OwnPackets {

  private final RelayLeg leg;
  private final OutboundStream stream;
  private final Egress egress;
  private final LegCounters counters;

  OwnPackets(RelayLeg leg, OutboundStream stream, Egress egress, LegCounters counters) {
    this.leg = leg;
    this.stream = stream;
    this.egress = egress;
    this.counters = counters;
  }

  /** Whether the peer wants packets. */
  boolean areWanted() {
    return leg.receives();
  }

  /** The place of the next packets in the stream. */
  OutboundStream stream() {
    return stream;
  }

  /**
   * Sends a packet at the place the stream has found.
   *
   * @param packet with room for a header in front of the payload, and for protection behind it
   * @param payload its payload's length in bytes
   */
  void send(byte[] packet, int payload, int payloadType, boolean marker) {
    packet[0] = (byte) 0x80;
    RtpView.setPayloadType(packet, 0, payloadType, marker);
    RtpView.setSeq(packet, 0, stream.seq());
    RtpView.setTimestamp(packet, 0, stream.timestamp());
    RtpView.setSsrc(packet, 0, stream.ssrc());
    if (egress.sendRtp(packet, 0, RtpView.HEADER + payload)) {
      stream.sent(payload);
      counters.sent(payload);
    }
  }
}
