package org.drawbridge.sip.message;

import org.drawbridge.sip.message.StartLine.RequestLine;
import org.drawbridge.sip.message.StartLine.StatusLine;

/**
 * The start line of a message under construction, and what it makes of the finished bytes.
 *
 * @param <M> what comes out
 */
sealed interface MessageHead<M extends SipMessage> {
  /** About how many bytes it has; the exact number if they are ASCII. */
  int length();

  void writeTo(WireBuffer out);

  M finish(byte[] wire, int bodyStart, HeaderIndex index);

  /** The same with another Request-URI; throws IllegalStateException on a response. */
  MessageHead<M> withUri(Uri uri);

  private static IllegalStateException noUri() {
    return new IllegalStateException("a response has no Request-URI");
  }

  /** A new Request-Line. */
  record NewRequest(RequestLine line, String text) implements MessageHead<SipRequest> {
    NewRequest(RequestLine line) {
      this(line, Grammar.oneLine(line.toString()));
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public void writeTo(WireBuffer out) {
      out.put(text);
    }

    @Override
    public SipRequest finish(byte[] wire, int bodyStart, HeaderIndex index) {
      return SipRequest.ofBuilt(line, wire, bodyStart, index);
    }

    @Override
    public NewRequest withUri(Uri uri) {
      return new NewRequest(new RequestLine(line.method(), line.token(), uri));
    }
  }

  /** A new Status-Line. */
  record NewResponse(StatusLine line, String text) implements MessageHead<SipResponse> {
    NewResponse(StatusLine line) {
      this(line, Grammar.oneLine(line.toString()));
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public void writeTo(WireBuffer out) {
      out.put(text);
    }

    @Override
    public SipResponse finish(byte[] wire, int bodyStart, HeaderIndex index) {
      return SipResponse.ofBuilt(line, wire, bodyStart, index);
    }

    @Override
    public NewResponse withUri(Uri uri) {
      throw noUri();
    }
  }

  /** That of another request, byte for byte. */
  record SameRequest(SipRequest source) implements MessageHead<SipRequest> {
    @Override
    public int length() {
      return source.startLineLength();
    }

    @Override
    public void writeTo(WireBuffer out) {
      out.put(source.wire(), 0, source.startLineLength());
    }

    @Override
    public SipRequest finish(byte[] wire, int bodyStart, HeaderIndex index) {
      return source.withSameLine(wire, bodyStart, index);
    }

    @Override
    public NewRequest withUri(Uri uri) {
      return new NewRequest(new RequestLine(source.method(), source.methodToken(), uri));
    }
  }

  /** That of another response, byte for byte. */
  record SameResponse(SipResponse source) implements MessageHead<SipResponse> {
    @Override
    public int length() {
      return source.startLineLength();
    }

    @Override
    public void writeTo(WireBuffer out) {
      out.put(source.wire(), 0, source.startLineLength());
    }

    @Override
    public SipResponse finish(byte[] wire, int bodyStart, HeaderIndex index) {
      return source.withSameLine(wire, bodyStart, index);
    }

    @Override
    public SameResponse withUri(Uri uri) {
      throw noUri();
    }
  }
}
