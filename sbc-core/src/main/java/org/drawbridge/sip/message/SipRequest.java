package org.drawbridge.sip.message;

import org.drawbridge.sip.message.StartLine.RequestLine;

/** A SIP request (RFC 3261 section 7.1). */
public final class SipRequest extends SipMessage {
  private final RequestLine line;

  private SipRequest(RequestLine line, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    super(wire, bodyStart, index);
    this.line = line;
  }

  /**
   * A request over bytes already indexed; for the codec. Takes the array over.
   *
   * @throws SipSyntaxException if a header that messages are matched or routed by does not parse;
   *     offset into the array
   */
  public static SipRequest ofWire(RequestLine line, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    return new SipRequest(line, wire, bodyStart, index);
  }

  /** A request to be filled in. */
  public static MessageBuilder<SipRequest> builder(Method method, Uri uri) {
    return builder(method.token(), uri);
  }

  /** A request with any method token. */
  public static MessageBuilder<SipRequest> builder(String methodToken, Uri uri) {
    if (!Grammar.isToken(methodToken)) {
      throw new IllegalArgumentException("not a method: " + methodToken);
    }
    return MessageBuilder.request(new RequestLine(Method.of(methodToken), methodToken, uri));
  }

  @Override
  public MessageBuilder<SipRequest> edit() {
    return MessageBuilder.request(line).copyOf(this);
  }

  @Override
  public RequestLine startLine() {
    return line;
  }

  public Method method() {
    return line.method();
  }

  /** The method's text, also for an {@link Method#EXTENSION}. */
  public String methodToken() {
    return line.token();
  }

  public Uri requestUri() {
    return line.uri();
  }
}
