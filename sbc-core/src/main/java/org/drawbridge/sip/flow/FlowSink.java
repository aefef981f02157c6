package org.drawbridge.sip.flow;

import org.drawbridge.sip.codec.ParseResult;
import org.drawbridge.sip.message.SipMessage;

/**
 * Where transports deliver what they read. Called on I/O threads; implementations hand over to
 * signalling loops.
 */
public interface FlowSink {

  /** A well-formed message arrived. */
  void onMessage(Flow flow, SipMessage message);

  /**
   * Something that should have been a message was not; the transport has sent the reply it carries,
   * if any.
   */
  void onMalformed(Flow flow, ParseResult.Malformed failure);

  /** A stream is gone; nothing can be sent over it any more. Never called for UDP. */
  void onClosed(Flow flow, CloseCause cause, String reason);
}
