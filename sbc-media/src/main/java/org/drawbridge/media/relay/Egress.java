package org.drawbridge.media.relay;

/**
 * The way to one peer: protects plain packets as the peer wants them and sends them where it is.
 * Called on the media loop. A buffer must have {@value #TAIL_ROOM} free bytes behind a packet.
 */
interface Egress {

  /** Free bytes protection may need behind a packet. */
  int TAIL_ROOM = 160;

  /** Sends a plain RTP packet; the buffer's content is undefined afterwards. */
  boolean sendRtp(byte[] buf, int off, int len);

  /** Sends a plain RTCP compound; the buffer's content is undefined afterwards. */
  void sendRtcp(byte[] buf, int off, int len);

  /** Whether the peer understands RTCP feedback (AVPF, RFC 4585). */
  boolean wantsFeedback();
}
