package org.drawbridge.sip.codec;

import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** What a datagram, a WebSocket message or a frame of a stream turned out to be. */
public sealed interface ParseResult {

  /** A whole message whose mandatory headers are there and parse. */
  record Parsed(SipMessage message) implements ParseResult {}

  /**
   * No acceptable message.
   *
   * @param status the answer it deserves: 400, 414, 505, 513 ...
   * @param reason what is wrong, fit for a log line and a reason phrase
   * @param offset where, in bytes from the start
   * @param reply the finished answer, if this was a request other than ACK and enough of it could
   *     be read
   */
  record Malformed(int status, String reason, int offset, @Nullable SipResponse reply)
      implements ParseResult {}

  /** Nothing but CR and LF: a keep-alive of RFC 5626 section 3.5.1. */
  record KeepAlive() implements ParseResult {}
}
