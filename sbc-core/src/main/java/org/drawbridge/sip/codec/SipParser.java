package org.drawbridge.sip.codec;

import java.util.Arrays;
import org.drawbridge.sip.message.HeaderIndex;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.StartLine.RequestLine;
import org.jspecify.annotations.Nullable;

/** Reads one SIP message (RFC 3261 sections 7 and 18.3). Stateless; any thread. */
public final class SipParser {
  private static final ParseResult KEEP_ALIVE = new ParseResult.KeepAlive();

  private SipParser() {}

  /**
   * Parses what came as one datagram, one WebSocket message, or one frame cut out by {@link
   * StreamFramer}. The bytes are copied. Bytes after the body that Content-Length announces are
   * ignored; without a Content-Length the body is the rest.
   *
   * @return never throws on account of the bytes
   */
  public static ParseResult parse(byte[] buf, int off, int len, ParseLimits limits) {
    int from = off;
    int to = off + len;
    while (from < to && (buf[from] == '\r' || buf[from] == '\n')) {
      from++;
    }
    if (from == to) {
      return KEEP_ALIVE;
    }
    if (to - from > limits.maxMessage()) {
      Fault fault = new Fault(513, "Message Too Large", 0);
      SipResponse reply = refuse(Arrays.copyOfRange(buf, from, to), limits, fault);
      return new ParseResult.Malformed(fault.status, fault.reason, 0, reply);
    }
    return read(Arrays.copyOfRange(buf, from, to), limits);
  }

  /**
   * As {@link #parse(byte[], int, int, ParseLimits)} of a whole array, which becomes the message's:
   * the caller must not touch it again. Saves the copy.
   */
  public static ParseResult parseOwn(byte[] wire, ParseLimits limits) {
    boolean asItIs = wire.length > 0 && wire[0] > ' ' && wire.length <= limits.maxMessage();
    return asItIs ? read(wire, limits) : parse(wire, 0, wire.length, limits);
  }

  private static ParseResult read(byte[] wire, ParseLimits limits) {
    HeaderScanner scanner = new HeaderScanner(wire, limits);
    int lineEnd = 0;
    try {
      lineEnd = scanner.startLineEnd();
      int bodyStart = scanner.scan(lineEnd + 2);
      return new ParseResult.Parsed(message(wire, lineEnd, bodyStart, scanner.index(), limits));
    } catch (Fault fault) {
      return new ParseResult.Malformed(
          fault.status,
          fault.reason,
          fault.offset,
          ErrorReply.to(wire, lineEnd, scanner.index(), fault));
    }
  }

  /** The answer to a message whose headers are all there and whose body is not to be waited for. */
  static @Nullable SipResponse refuse(byte[] head, ParseLimits limits, Fault fault) {
    HeaderScanner scanner = new HeaderScanner(head, limits);
    int lineEnd = 0;
    try {
      lineEnd = scanner.startLineEnd();
      scanner.scan(lineEnd + 2);
    } catch (Fault worse) {
      return ErrorReply.to(head, lineEnd, scanner.index(), worse);
    }
    return ErrorReply.to(head, lineEnd, scanner.index(), fault);
  }

  private static SipMessage message(
      byte[] wire, int lineEnd, int bodyStart, HeaderIndex index, ParseLimits limits) throws Fault {
    boolean response = StartLineParser.isResponse(wire, lineEnd);
    int status = response ? StartLineParser.status(wire, lineEnd) : 0;
    RequestLine line = response ? null : StartLineParser.request(wire, lineEnd, limits);
    MessageRules.checkFields(index);
    byte[] exact = cut(wire, bodyStart, MessageRules.contentLength(wire, index), limits);
    try {
      SipMessage message =
          response
              ? SipResponse.ofWire(status, exact, bodyStart, index)
              : SipRequest.ofWire(line, exact, bodyStart, index);
      MessageRules.checkMessage(message);
      return message;
    } catch (SipSyntaxException e) {
      throw Fault.of(e);
    }
  }

  private static byte[] cut(byte[] wire, int bodyStart, int contentLength, ParseLimits limits)
      throws Fault {
    int there = wire.length - bodyStart;
    if (contentLength > there) {
      throw Fault.badRequest("Content-Length is larger than the message", bodyStart);
    }
    int length = contentLength < 0 ? there : contentLength;
    if (length > limits.maxBody()) {
      throw new Fault(513, "Message Too Large", bodyStart);
    }
    return length == there ? wire : Arrays.copyOf(wire, bodyStart + length);
  }
}
