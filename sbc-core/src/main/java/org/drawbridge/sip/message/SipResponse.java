package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sip.message.StartLine.StatusLine;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/** A SIP response (RFC 3261 section 7.2). */
public final class SipResponse extends SipMessage {
  private static final int REASON_AT = "SIP/2.0 200 ".length();

  private final int status;

  /** Made when asked for, if the message was parsed. */
  private @Nullable StatusLine line;

  private SipResponse(
      @Nullable StatusLine line, int status, byte[] wire, int bodyStart, HeaderIndex index) {
    super(wire, bodyStart, index);
    this.line = line;
    this.status = status;
  }

  /**
   * A response over bytes already indexed, which start with a Status-Line; for the codec. Takes the
   * array over.
   *
   * @param status the status code in those bytes
   * @throws SipSyntaxException if a header that messages are matched or routed by does not parse;
   *     offset into the array
   */
  public static SipResponse ofWire(int status, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    SipResponse response = new SipResponse(null, status, wire, bodyStart, index);
    HotCheck.all(response.headers());
    return response;
  }

  /** A response over bytes that the builder put together and checked. */
  static SipResponse ofBuilt(StatusLine line, byte[] wire, int bodyStart, HeaderIndex index) {
    return new SipResponse(line, line.status(), wire, bodyStart, index);
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

  /**
   * As {@link #to(SipRequest, int, String, String)}, with a tag that is the same whenever the same
   * request comes (RFC 3261 section 8.2.7). Not for what makes a dialog.
   */
  public static MessageBuilder<SipResponse> repeatable(
      SipRequest request, int status, String reason) {
    String same = request.callId() + ' ' + request.cseq().seq();
    return to(request, status, reason, Tokens.tagOf(same));
  }

  /**
   * The answer to a request that cannot be understood: what it has of the headers that an answer
   * repeats (RFC 3261 section 8.2.6), byte for byte. They may be malformed or missing, so nothing
   * may be asked of this response but its status and bytes.
   *
   * @param taggedTo the value of To with a tag of ours; null to repeat To as it is
   */
  public static SipResponse toUnreadable(
      Headers request, int status, String reason, @Nullable String taggedTo) {
    MessageBuilder<SipResponse> builder =
        builder(status, reason)
            .copyUnchecked(request, HeaderName.VIA, Integer.MAX_VALUE)
            .copyUnchecked(request, HeaderName.FROM, 1)
            .copyUnchecked(request, HeaderName.TO, 1)
            .copyUnchecked(request, HeaderName.CALL_ID, 1)
            .copyUnchecked(request, HeaderName.CSEQ, 1);
    return (taggedTo == null ? builder : builder.replace(HeaderName.TO, taggedTo)).build();
  }

  @Override
  public MessageBuilder<SipResponse> edit() {
    return startLineLength() < REASON_AT
        ? MessageBuilder.response(startLine()).copyOf(this)
        : MessageBuilder.like(this);
  }

  /** A response with the same start line, which its bytes begin with; built and checked. */
  SipResponse withSameLine(byte[] other, int bodyStart, HeaderIndex index) {
    return new SipResponse(line, status, other, bodyStart, index);
  }

  @Override
  public StatusLine startLine() {
    StatusLine known = line;
    if (known == null) {
      known = new StatusLine(status, readReason());
      line = known;
    }
    return known;
  }

  private String readReason() {
    int from = REASON_AT;
    int end = startLineLength();
    return end <= from ? "" : new String(wire(), from, end - from, StandardCharsets.UTF_8);
  }

  public int status() {
    return status;
  }

  /** The reason phrase; may be empty. */
  public String reason() {
    return startLine().reason();
  }

  /** 1xx. */
  public boolean isProvisional() {
    return status < 200;
  }

  /** 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether it asks for credentials: 401 or 407 (RFC 3261 section 22). */
  public boolean isChallenge() {
    return status == 401 || status == 407;
  }

  /** 2xx to 6xx. */
  public boolean isFinal() {
    return status >= 200;
  }
}
