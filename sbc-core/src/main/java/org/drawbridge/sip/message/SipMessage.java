package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SIP message (RFC 3261 section 7): its bytes, an index of its header lines, and the headers that
 * messages are matched and routed by.
 *
 * <p>A message that came out of the parser has at least one Via, and From, To, Call-ID and CSeq;
 * their accessors throw {@link IllegalStateException} only on a message built here without them,
 * which is a bug of the builder's caller.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
  private final byte[] wire;
  private final int bodyStart;
  private final Headers headers;
  private final HotHeaders hot;

  SipMessage(byte[] wire, int bodyStart, HeaderIndex index) throws SipSyntaxException {
    this.wire = wire;
    this.bodyStart = bodyStart;
    this.headers = new Headers(wire, index);
    this.hot = new HotHeaders(headers);
  }

  /** The first line. */
  public abstract StartLine startLine();

  /**
   * A builder that starts with everything in this message; lines left alone are copied byte for
   * byte.
   */
  public abstract MessageBuilder<? extends SipMessage> edit();

  /** The bytes on the wire: the message's own array, not to be changed. */
  public byte[] wire() {
    return wire;
  }

  public Headers headers() {
    return headers;
  }

  /** A copy of the body; empty if there is none. */
  public byte[] body() {
    return Arrays.copyOfRange(wire, bodyStart, wire.length);
  }

  /** The body as UTF-8 text; empty if there is none. */
  public String bodyText() {
    return new String(wire, bodyStart, wire.length - bodyStart, StandardCharsets.UTF_8);
  }

  /** How many bytes the body has. */
  public int bodyLength() {
    return wire.length - bodyStart;
  }

  /** The first Via value. */
  public Via topVia() {
    if (hot.vias.isEmpty()) {
      throw absent(HeaderName.VIA);
    }
    return hot.vias.getFirst();
  }

  /** All Via values, also those that share a line. */
  public List<Via> vias() {
    return Collections.unmodifiableList(hot.vias);
  }

  public NameAddr from() {
    return present(hot.from, HeaderName.FROM);
  }

  public NameAddr to() {
    return present(hot.to, HeaderName.TO);
  }

  /** The From tag; null if absent. */
  public @Nullable String fromTag() {
    return from().tag();
  }

  /** The To tag; null if absent. */
  public @Nullable String toTag() {
    return to().tag();
  }

  public String callId() {
    return present(hot.callId, HeaderName.CALL_ID);
  }

  public CSeq cseq() {
    return present(hot.cseq, HeaderName.CSEQ);
  }

  /** The Contact values; empty if there is none or it is {@code *}. */
  public List<NameAddr> contacts() {
    return Collections.unmodifiableList(hot.contacts);
  }

  /** The first Contact value; null if there is none or it is {@code *}. */
  public @Nullable NameAddr contact() {
    return hot.contacts.isEmpty() ? null : hot.contacts.getFirst();
  }

  /** Whether there is a {@code Contact: *} (RFC 3261 section 10.2.2). */
  public boolean isContactWildcard() {
    return hot.wildcard;
  }

  /** The Route values in their order. */
  public List<NameAddr> routes() {
    return Collections.unmodifiableList(hot.routes);
  }

  /** The Record-Route values in their order. */
  public List<NameAddr> recordRoutes() {
    return Collections.unmodifiableList(hot.recordRoutes);
  }

  /** Max-Forwards, 0 to 255; -1 if absent. */
  public int maxForwards() {
    return hot.maxForwards;
  }

  /** The Expires header in seconds, at most 2^32-1; -1 if absent. */
  public long expires() {
    return hot.expires;
  }

  /** The Content-Type as written; null if absent. */
  public @Nullable String contentType() {
    return headers.first(HeaderName.CONTENT_TYPE);
  }

  /**
   * Whether the body's media type is this, parameters and case aside, such as {@code
   * application/sdp}.
   */
  public boolean hasContentType(String mediaType) {
    String value = contentType();
    if (value == null) {
      return false;
    }
    int semicolon = value.indexOf(';');
    int end = Grammar.trimEnd(value, 0, semicolon < 0 ? value.length() : semicolon);
    return value.substring(0, end).equalsIgnoreCase(mediaType);
  }

  private static <T> T present(@Nullable T value, HeaderName name) {
    if (value == null) {
      throw absent(name);
    }
    return value;
  }

  private static IllegalStateException absent(HeaderName name) {
    return new IllegalStateException("message built without " + name.canonical());
  }

  /** The whole message as text. */
  @Override
  public String toString() {
    return new String(wire, StandardCharsets.UTF_8);
  }
}
