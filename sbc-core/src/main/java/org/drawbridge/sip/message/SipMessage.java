package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private @Nullable BodyParts parts;

  SipMessage(byte[] wire, int bodyStart, HeaderIndex index) {
    this.wire = wire;
    this.bodyStart = bodyStart;
    this.headers = new Headers(wire, index);
    this.hot = new HotHeaders(headers);
  }

  /** Takes over what was parsed of a message that differs in its Vias alone. */
  void adoptAllButVias(SipMessage from) {
    hot.adoptAllButVias(from.hot);
  }

  /** The first line. */
  public abstract StartLine startLine();

  /**
   * A builder that starts with everything in this message; lines left alone are copied byte for
   * byte.
   */
  public abstract MessageBuilder<? extends SipMessage> edit();

  /** The bytes of the start line without CRLF; every message has a header line after it. */
  int startLineLength() {
    return headers.index().nameStart(0) - 2;
  }

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

  /** A copy of a part of the body, whose bytes are counted from its start. */
  byte[] body(int from, int to) {
    return Arrays.copyOfRange(wire, bodyStart + from, bodyStart + to);
  }

  /** The body as UTF-8 text; empty if there is none. */
  public String bodyText() {
    return new String(wire, bodyStart, wire.length - bodyStart, StandardCharsets.UTF_8);
  }

  /** How many bytes the body has. */
  public int bodyLength() {
    return wire.length - bodyStart;
  }

  /** The contents of the body, taken apart when they are first asked for. */
  public BodyParts parts() {
    BodyParts known = parts;
    if (known == null) {
      known = BodyParts.of(this);
      parts = known;
    }
    return known;
  }

  /** Whether one who cannot use the body may do without it (RFC 3261 section 20.11). */
  public boolean isBodyOptional() {
    return ContentDisposition.isOptional(headers.first(HeaderName.CONTENT_DISPOSITION));
  }

  /** The first Via value. */
  public Via topVia() {
    return hot.topVia();
  }

  /**
   * What transactions are found by in the first Via value, without parsing it; null where it is
   * written so unusually, or without a branch, that only {@link #topVia} can tell.
   */
  public @Nullable ViaSlices topViaSlices() {
    int i = headers.next(HeaderName.VIA, 0);
    if (i < 0) {
      return null;
    }
    int from = headers.index().valueStart(i);
    int to = PlainSyntax.memberEnd(wire, from, headers.index().valueEnd(i));
    return ViaSlices.of(wire, from, to);
  }

  /** Whether there is one Via value alone; most often told without parsing it. */
  public boolean hasOneVia() {
    int first = headers.next(HeaderName.VIA, 0);
    if (first < 0 || headers.next(HeaderName.VIA, first + 1) >= 0) {
      return false;
    }
    int end = headers.index().valueEnd(first);
    return PlainSyntax.memberEnd(wire, headers.index().valueStart(first), end) == end
        || vias().size() == 1;
  }

  /** All Via values, also those that share a line. */
  public List<Via> vias() {
    return hot.vias();
  }

  public NameAddr from() {
    return hot.from();
  }

  public NameAddr to() {
    return hot.to();
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
    return hot.callId();
  }

  public CSeq cseq() {
    return hot.cseq();
  }

  /** The Contact values; empty if there is none or it is {@code *}. */
  public List<NameAddr> contacts() {
    return hot.contacts();
  }

  /** The first Contact value; null if there is none or it is {@code *}. */
  public @Nullable NameAddr contact() {
    List<NameAddr> all = hot.contacts();
    return all.isEmpty() ? null : all.getFirst();
  }

  /** Whether there is a {@code Contact: *} (RFC 3261 section 10.2.2). */
  public boolean isContactWildcard() {
    return hot.isContactWildcard();
  }

  /** The Route values in their order. */
  public List<NameAddr> routes() {
    return hot.routes();
  }

  /** The Record-Route values in their order. */
  public List<NameAddr> recordRoutes() {
    return hot.recordRoutes();
  }

  /** Max-Forwards, 0 to 255; -1 if absent. */
  public int maxForwards() {
    return hot.maxForwards();
  }

  /** The Expires header in seconds, at most 2^32-1; -1 if absent. */
  public long expires() {
    return hot.expires();
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

  /** The whole message as text. */
  @Override
  public String toString() {
    return new String(wire, StandardCharsets.UTF_8);
  }
}
