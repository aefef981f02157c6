package org.drawbridge.sip.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message that is passed on: those of the original but for the lines named here. The
 * rest is neither parsed nor written anew, so what we do not understand passes as it came (RFC 3261
 * section 16.6 item 1). For one thread and one use.
 *
 * <p>Nothing that goes in can start a line of its own: a line break in a value is refused with
 * {@link IllegalArgumentException}.
 */
public final class MessageCopy {
  private static final String GONE = "";

  private final SipMessage source;
  private final Headers headers;
  private final HeaderIndex index;

  /** What stands in the place of each line: null for the line itself, empty for nothing. */
  private @Nullable String @Nullable [] changed;

  private @Nullable String startLine;
  private final StringBuilder top = new StringBuilder(192);
  private final StringBuilder bottom = new StringBuilder(0);
  private byte @Nullable [] body;

  private MessageCopy(SipMessage source) {
    this.source = source;
    this.headers = source.headers();
    this.index = headers.index();
  }

  /** A copy without changes yet. */
  public static MessageCopy of(SipMessage source) {
    return new MessageCopy(source);
  }

  /**
   * A response as the hop before us gets it: without its first Via (RFC 3261 section 16.7 item 3).
   */
  public static byte[] withoutTopVia(SipResponse response) {
    return of(response).removeFirst(HeaderName.VIA, 1).toBytes();
  }

  /** Another Request-URI; only for requests. */
  public MessageCopy requestUri(String uri) {
    if (!(source instanceof SipRequest request)) {
      throw new IllegalStateException("a response has no Request-URI");
    }
    startLine = request.methodToken() + ' ' + Grammar.oneLine(uri) + " SIP/2.0";
    return this;
  }

  /** Adds a line above all headers, below those that were added before. */
  public MessageCopy addFirst(HeaderName name, String value) {
    line(top, name.canonical(), value);
    return this;
  }

  /** Adds a line below all headers. */
  public MessageCopy add(HeaderName name, String value) {
    line(bottom, name.canonical(), value);
    return this;
  }

  /** Adds a line below all headers. */
  public MessageCopy add(String name, String value) {
    line(bottom, name, value);
    return this;
  }

  /** Puts this value in the place of the first such line, or adds it. */
  public MessageCopy replace(HeaderName name, String value) {
    int i = headers.next(name, 0);
    if (i < 0) {
      return add(name, value);
    }
    StringBuilder out = new StringBuilder(name.canonical().length() + value.length() + 4);
    line(out, name.canonical(), value);
    changed()[i] = out.toString();
    return this;
  }

  /** Removes all such lines. */
  public MessageCopy remove(HeaderName name) {
    for (int i = headers.next(name, 0); i >= 0; i = headers.next(name, i + 1)) {
      changed()[i] = GONE;
    }
    return this;
  }

  /** Removes all such lines. */
  public MessageCopy remove(String name) {
    for (int i = 0; i < index.count(); i++) {
      if (headers.known(i) == null && headers.name(i).equalsIgnoreCase(name)) {
        changed()[i] = GONE;
      }
    }
    return this;
  }

  /** Removes such a line if its value holds this text. */
  public MessageCopy removeWith(HeaderName name, String text) {
    for (int i = headers.next(name, 0); i >= 0; i = headers.next(name, i + 1)) {
      if (headers.value(i).contains(text)) {
        changed()[i] = GONE;
      }
    }
    return this;
  }

  /**
   * Removes the first values of a comma separated header such as Via or Route, and each line that
   * has none left.
   */
  public MessageCopy removeFirst(HeaderName name, int count) {
    int left = count;
    for (int i = headers.next(name, 0); i >= 0 && left > 0; i = headers.next(name, i + 1)) {
      left -= removeFirst(name, i, left);
    }
    return this;
  }

  /** Returns how many values were taken from this line. */
  private int removeFirst(HeaderName name, int i, int count) {
    List<String> values = hasComma(i) ? Grammar.splitList(headers.value(i)) : List.of(GONE);
    if (values.size() <= count) {
      changed()[i] = GONE;
      return values.size();
    }
    StringBuilder out = new StringBuilder(128);
    line(out, name.canonical(), String.join(", ", values.subList(count, values.size())));
    changed()[i] = out.toString();
    return count;
  }

  private boolean hasComma(int i) {
    byte[] wire = source.wire();
    for (int at = index.valueStart(i); at < index.valueEnd(i); at++) {
      if (wire[at] == ',') {
        return true;
      }
    }
    return false;
  }

  /** Another body of the same type. */
  public MessageCopy body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /**
   * Other content of this type, be it that of the body or of one or more of its parts.
   *
   * @throws IllegalStateException if the parts of the body cannot be told apart
   */
  public MessageCopy content(String type, byte[] bytes) {
    return switch (source.parts()) {
      case BodyParts.Single() -> body(bytes);
      case BodyParts.Several(MultipartBody several) -> body(several.with(type, bytes));
      case BodyParts.Unreadable(String why, _) ->
          throw new IllegalStateException("nobody could know what is in this body: " + why);
    };
  }

  /** No body, and nothing that describes one. */
  public MessageCopy noBody() {
    return remove(HeaderName.CONTENT_TYPE)
        .remove(HeaderName.CONTENT_DISPOSITION)
        .remove(HeaderName.CONTENT_ENCODING)
        .remove(HeaderName.MIME_VERSION)
        .body(new byte[0]);
  }

  private @Nullable String[] changed() {
    @Nullable String[] lines = changed;
    if (lines == null) {
      lines = new @Nullable String[index.count()];
      changed = lines;
    }
    return lines;
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(Grammar.oneLine(value)).append("\r\n");
  }

  /** The message. */
  public byte[] toBytes() {
    contentLength();
    byte[] wire = source.wire();
    int count = index.count();
    WireBuffer out = new WireBuffer(wire.length + top.length() + bottom.length() + extra());
    int firstLine = index.nameStart(0);
    if (startLine == null) {
      out.put(wire, 0, firstLine);
    } else {
      out.put(startLine).put("\r\n");
    }
    out.put(top.toString());
    lines(out, wire, firstLine);
    out.put(bottom.toString());
    int end = index.lineEnd(count - 1);
    byte[] other = body;
    if (other == null) {
      out.put(wire, end, wire.length - end);
    } else {
      out.put("\r\n").put(other, 0, other.length);
    }
    return out.toBytes();
  }

  private void lines(WireBuffer out, byte[] wire, int firstLine) {
    @Nullable String[] lines = changed;
    int count = index.count();
    int run = firstLine;
    for (int i = 0; lines != null && i < count; i++) {
      String line = lines[i];
      if (line != null) {
        out.put(wire, run, index.nameStart(i) - run).put(line);
        run = index.lineEnd(i);
      }
    }
    out.put(wire, run, index.lineEnd(count - 1) - run);
  }

  /** A message that came in a datagram may have none, and may go on over a stream. */
  private void contentLength() {
    if (body != null) {
      replace(HeaderName.CONTENT_LENGTH, Integer.toString(body.length));
    } else if (!headers.has(HeaderName.CONTENT_LENGTH)) {
      add(HeaderName.CONTENT_LENGTH, Integer.toString(source.bodyLength()));
    }
  }

  private int extra() {
    @Nullable String[] lines = changed;
    int replaced = 0;
    for (int i = 0; lines != null && i < lines.length; i++) {
      replaced += lines[i] == null ? 0 : lines[i].length();
    }
    return replaced
        + (startLine == null ? 0 : startLine.length() + 2)
        + (body == null ? 0 : body.length);
  }
}
