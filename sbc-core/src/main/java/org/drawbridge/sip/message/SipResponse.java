package org.drawbridge.sip.message;

import org.drawbridge.sip.message.StartLine.StatusLine;

/** A SIP response (RFC 3261 section 7.2). */
public final class SipResponse extends SipMessage {
  private final StatusLine line;

  private SipResponse(StatusLine line, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    super(wire, bodyStart, index);
    this.line = line;
  }

  /**
   * A response over bytes already indexed; for the codec. Takes the array over.
   *
   * @throws SipSyntaxException if a header that messages are matched or routed by does not parse;
   *     offset into the array
   */
  public static SipResponse ofWire(StatusLine line, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    return new SipResponse(line, wire, bodyStart, index);
  }

  /** A response to be filled in. */
  public static MessageBuilder<SipResponse> builder(int status, String reason) {
    if (status < 100 || status > 699) {
      throw new IllegalArgumentException("not a status: " + status);
    }
    return MessageBuilder.response(new StatusLine(status, Grammar.oneLine(reason)));
  }

  /**
   * The start of an answer (RFC 3261 section 8.2.6): Via, From, To, Call-ID and CSeq of the
   * request, for a 100 also its Timestamp.
   */
  public static MessageBuilder<SipResponse> to(SipRequest request, int status, String reason) {
    MessageBuilder<SipResponse> builder = builder(status, reason);
    builder.copy(request, HeaderName.VIA);
    builder.copy(request, HeaderName.FROM);
    builder.copy(request, HeaderName.TO);
    builder.copy(request, HeaderName.CALL_ID);
    builder.copy(request, HeaderName.CSEQ);
    return status == 100 ? builder.copy(request, HeaderName.TIMESTAMP) : builder;
  }

  /** As {@link #to(SipRequest, int, String)}, with this tag in To where the request has none. */
  public static MessageBuilder<SipResponse> to(
      SipRequest request, int status, String reason, String toTag) {
    MessageBuilder<SipResponse> builder = to(request, status, reason);
    String to = request.headers().first(HeaderName.TO);
    return to == null || request.toTag() != null
        ? builder
        : builder.replace(HeaderName.TO, to + ";tag=" + toTag);
  }

  @Override
  public MessageBuilder<SipResponse> edit() {
    return MessageBuilder.response(line).copyOf(this);
  }

  @Override
  public StatusLine startLine() {
    return line;
  }

  public int status() {
    return line.status();
  }

  /** The reason phrase; may be empty. */
  public String reason() {
    return line.reason();
  }

  /** 1xx. */
  public boolean isProvisional() {
    return status() < 200;
  }

  /** 2xx. */
  public boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  /** 2xx to 6xx. */
  public boolean isFinal() {
    return status() >= 200;
  }
}
