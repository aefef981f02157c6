package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.drawbridge.sip.message.StartLine.RequestLine;
import org.jspecify.annotations.Nullable;

/** A SIP request (RFC 3261 section 7.1). */
public final class SipRequest extends SipMessage {
  private static final byte[] VERSION = " SIP/2.0".getBytes(StandardCharsets.US_ASCII);

  private final Method method;
  private final String methodToken;

  /** Made when asked for, if the parser found the bytes of the start line well-formed. */
  private @Nullable RequestLine line;

  private SipRequest(
      @Nullable RequestLine line,
      Method method,
      String methodToken,
      byte[] wire,
      int bodyStart,
      HeaderIndex index) {
    super(wire, bodyStart, index);
    this.line = line;
    this.method = method;
    this.methodToken = methodToken;
  }

  /**
   * A request over bytes already indexed; for the codec. Takes the array over.
   *
   * @param line what the bytes start with; null if that {@link #isPlain}
   * @throws SipSyntaxException if a header that messages are matched or routed by does not parse;
   *     offset into the array
   */
  public static SipRequest ofWire(
      @Nullable RequestLine line, byte[] wire, int bodyStart, HeaderIndex index)
      throws SipSyntaxException {
    SipRequest request =
        line == null ? ofPlain(wire, bodyStart, index) : ofBuilt(line, wire, bodyStart, index);
    HotCheck.all(request.headers());
    return request;
  }

  private static SipRequest ofPlain(byte[] wire, int bodyStart, HeaderIndex index) {
    Method method = Method.of(wire, methodEnd(wire));
    return new SipRequest(null, method, method.token(), wire, bodyStart, index);
  }

  private static int methodEnd(byte[] wire) {
    int i = 0;
    while (wire[i] > ' ') {
      i++;
    }
    return i;
  }

  /**
   * Whether the first {@code lineEnd} bytes are a Request-Line with a method that has a constant
   * and a SIP URI without escapes. Others may be right as well, but have to be parsed to know.
   *
   * @param maxUri the longest Request-URI that counts, in bytes
   */
  public static boolean isPlain(byte[] wire, int lineEnd, int maxUri) {
    int methodEnd = methodEnd(wire);
    int uriEnd = lineEnd - VERSION.length;
    return methodEnd < uriEnd
        && wire[methodEnd] == ' '
        && uriEnd - methodEnd - 1 <= maxUri
        && Method.of(wire, methodEnd) != Method.EXTENSION
        && Arrays.equals(wire, uriEnd, lineEnd, VERSION, 0, VERSION.length)
        && PlainSyntax.isUri(wire, methodEnd + 1, uriEnd);
  }

  /** A request over bytes that the builder put together and checked. */
  static SipRequest ofBuilt(RequestLine line, byte[] wire, int bodyStart, HeaderIndex index) {
    return new SipRequest(line, line.method(), line.token(), wire, bodyStart, index);
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
    return MessageBuilder.like(this);
  }

  /** A request with the same start line, which its bytes begin with; built and checked. */
  SipRequest withSameLine(byte[] other, int bodyStart, HeaderIndex index) {
    return new SipRequest(line, method, methodToken, other, bodyStart, index);
  }

  /** The same with more bytes in a line's value, which is the top Via's; all else is as it was. */
  SipRequest withLineGrown(int i, byte[] other, int more) {
    HeaderIndex grown = headers().index().grown(i, more);
    int body = other.length - bodyLength();
    SipRequest request = new SipRequest(line, method, methodToken, other, body, grown);
    request.adoptAllButVias(this);
    return request;
  }

  /**
   * The same without its body, for what is seldom asked of its headers later: to take less memory
   * it keeps nothing that was read from them.
   */
  public SipRequest withoutBody() {
    int head = wire().length - bodyLength();
    byte[] kept = Arrays.copyOf(wire(), head);
    return new SipRequest(null, method, methodToken, kept, head, headers().index());
  }

  @Override
  public RequestLine startLine() {
    RequestLine known = line;
    if (known == null) {
      known = new RequestLine(method, methodToken, parseUri());
      line = known;
    }
    return known;
  }

  private Uri parseUri() {
    int from = methodToken.length() + 1;
    int to = startLineLength() - VERSION.length;
    try {
      return Uri.parse(new String(wire(), from, to - from, StandardCharsets.US_ASCII));
    } catch (SipSyntaxException e) {
      throw new IllegalStateException("Request-URI changed since it was checked", e);
    }
  }

  public Method method() {
    return method;
  }

  /** The method's text, also for an {@link Method#EXTENSION}. */
  public String methodToken() {
    return methodToken;
  }

  /** Whether CSeq names the method of the start line, as it must (RFC 3261 section 8.1.1.5). */
  public boolean hasMethodInCSeq() {
    HeaderIndex index = headers().index();
    int line = index.first(HeaderName.CSEQ);
    int length = methodToken.length();
    if (line >= 0
        && PlainSyntax.endsInWord(wire(), index.valueStart(line), index.valueEnd(line), length)) {
      int from = index.valueEnd(line) - length;
      return Arrays.equals(wire(), 0, length, wire(), from, from + length);
    }
    return methodToken.equals(cseq().token());
  }

  public Uri requestUri() {
    return startLine().uri();
  }
}
