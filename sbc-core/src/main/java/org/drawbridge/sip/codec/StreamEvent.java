package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** What {@link StreamFramer} finds in a stream. */
public sealed interface StreamEvent {

  /** One message: parsed, or malformed with the borders of the next one still known. */
  record Message(ParseResult result) implements StreamEvent {}

  /** A double CRLF between messages, to be answered with one CRLF (RFC 5626 section 4.4.1). */
  record Ping() implements StreamEvent {}

  /**
   * A CRLF between messages: the answer to our ping, or the first half of the peer's, which then
   * comes as a {@link Ping}.
   */
  record Pong() implements StreamEvent {}

  /**
   * Where the next message starts cannot be known: send {@code reply} if there is one and close.
   * The framer takes nothing more.
   *
   * @param reason what is wrong, fit for a log line
   * @param reply the finished answer, if the last message was a request and enough of it could be
   *     read
   */
  record FramingLost(String reason, @Nullable SipResponse reply) implements StreamEvent {}
}
