package org.drawbridge.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.StartLine.RequestLine;
import org.drawbridge.sip.message.StartLine.StatusLine;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message together; for one thread. Nothing that goes in can start a line of its own: a line
 * break in a name or value is refused with {@link IllegalArgumentException}. Content-Length is
 * written by {@link #build} and cannot be set.
 *
 * @param <M> what comes out
 */
public final class MessageBuilder<M extends SipMessage> {
  /** A header line: one copied as it stands in another message, or a new one. */
  private sealed interface Line {
    @Nullable HeaderName known();

    String name();

    String value();
  }

  private record Copied(Headers source, int i) implements Line {
    @Override
    public @Nullable HeaderName known() {
      return source.known(i);
    }

    @Override
    public String name() {
      return source.name(i);
    }

    @Override
    public String value() {
      return source.value(i);
    }
  }

  private record Written(@Nullable HeaderName known, String name, String value) implements Line {}

  private interface Maker<M> {
    M make(StartLine line, byte[] wire, int bodyStart, HeaderIndex index) throws SipSyntaxException;
  }

  private static final byte[] NO_BODY = new byte[0];

  private final List<Line> lines = new ArrayList<>(16);
  private final Maker<M> maker;
  private StartLine startLine;
  private byte[] body = NO_BODY;
  private int bodyFrom;
  private int bodyLength;

  private MessageBuilder(StartLine startLine, Maker<M> maker) {
    Grammar.oneLine(startLine.toString());
    this.startLine = startLine;
    this.maker = maker;
  }

  static MessageBuilder<SipRequest> request(RequestLine line) {
    return new MessageBuilder<>(
        line, (l, wire, at, index) -> SipRequest.ofWire((RequestLine) l, wire, at, index));
  }

  static MessageBuilder<SipResponse> response(StatusLine line) {
    return new MessageBuilder<>(
        line, (l, wire, at, index) -> SipResponse.ofWire((StatusLine) l, wire, at, index));
  }

  MessageBuilder<M> copyOf(SipMessage message) {
    Headers headers = message.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.known(i) != HeaderName.CONTENT_LENGTH) {
        lines.add(new Copied(headers, i));
      }
    }
    setBody(message.wire(), message.wire().length - message.bodyLength(), message.bodyLength());
    return this;
  }

  /** Another Request-URI; only for requests. */
  public MessageBuilder<M> requestUri(Uri uri) {
    if (!(startLine instanceof RequestLine request)) {
      throw new IllegalStateException("a response has no Request-URI");
    }
    RequestLine changed = new RequestLine(request.method(), request.token(), uri);
    Grammar.oneLine(changed.toString());
    startLine = changed;
    return this;
  }

  /** Adds a line at the end. */
  public MessageBuilder<M> header(HeaderName name, String value) {
    lines.add(written(name, name.canonical(), value));
    return this;
  }

  /** Adds a line at the end. */
  public MessageBuilder<M> header(String name, String value) {
    lines.add(written(HeaderName.of(name), name, value));
    return this;
  }

  /** Adds a line before all others. */
  public MessageBuilder<M> headerFirst(HeaderName name, String value) {
    lines.addFirst(written(name, name.canonical(), value));
    return this;
  }

  /** Adds a line before all others. */
  public MessageBuilder<M> headerFirst(String name, String value) {
    lines.addFirst(written(HeaderName.of(name), name, value));
    return this;
  }

  /** Adds all such lines of another message, as they stand there. */
  public MessageBuilder<M> copy(SipMessage from, HeaderName name) {
    Headers headers = from.headers();
    for (int i = headers.next(name, 0); i >= 0; i = headers.next(name, i + 1)) {
      lines.add(new Copied(headers, i));
    }
    return this;
  }

  /**
   * Puts this line in the place of the first such line, or at the end, and removes any others of
   * the name.
   */
  public MessageBuilder<M> replace(HeaderName name, String value) {
    return replaceAt(find(name, name.canonical(), 0), written(name, name.canonical(), value));
  }

  /**
   * Puts this line in the place of the first such line, or at the end, and removes any others of
   * the name.
   */
  public MessageBuilder<M> replace(String name, String value) {
    HeaderName known = HeaderName.of(name);
    return replaceAt(find(known, name, 0), written(known, name, value));
  }

  private MessageBuilder<M> replaceAt(int i, Line line) {
    if (i < 0) {
      lines.add(line);
      return this;
    }
    lines.set(i, line);
    for (int k = find(line.known(), line.name(), i + 1);
        k >= 0;
        k = find(line.known(), line.name(), k)) {
      lines.remove(k);
    }
    return this;
  }

  /** Removes all such lines. */
  public MessageBuilder<M> remove(HeaderName name) {
    return removeAll(name, name.canonical());
  }

  /** Removes all such lines. */
  public MessageBuilder<M> remove(String name) {
    return removeAll(HeaderName.of(name), name);
  }

  private MessageBuilder<M> removeAll(@Nullable HeaderName known, String name) {
    for (int i = find(known, name, 0); i >= 0; i = find(known, name, i)) {
      lines.remove(i);
    }
    return this;
  }

  /**
   * Removes the first value of a comma separated header such as Via or Route, and its line when
   * nothing is left.
   */
  public MessageBuilder<M> removeFirst(HeaderName name) {
    return changeFirst(name, null);
  }

  /**
   * Puts a value in the place of the first one of a comma separated header such as Via or Route.
   */
  public MessageBuilder<M> replaceFirst(HeaderName name, String value) {
    return changeFirst(name, value);
  }

  private MessageBuilder<M> changeFirst(HeaderName name, @Nullable String value) {
    int i = find(name, name.canonical(), 0);
    if (i < 0) {
      return this;
    }
    List<String> values = Grammar.splitList(lines.get(i).value());
    values.removeFirst();
    if (value != null) {
      values.addFirst(value);
    }
    if (values.isEmpty()) {
      lines.remove(i);
    } else {
      lines.set(i, written(name, name.canonical(), String.join(", ", values)));
    }
    return this;
  }

  /** Sets body and Content-Type. */
  public MessageBuilder<M> body(String contentType, byte[] bytes) {
    setBody(bytes.clone(), 0, bytes.length);
    return replace(HeaderName.CONTENT_TYPE, contentType);
  }

  private void setBody(byte[] bytes, int from, int length) {
    body = bytes;
    bodyFrom = from;
    bodyLength = length;
  }

  /** Removes body and Content-Type, and what else describes a body. */
  public MessageBuilder<M> noBody() {
    setBody(NO_BODY, 0, 0);
    return remove(HeaderName.CONTENT_TYPE)
        .remove(HeaderName.CONTENT_DISPOSITION)
        .remove(HeaderName.CONTENT_ENCODING);
  }

  /**
   * The message.
   *
   * @throws IllegalArgumentException if one of the headers that messages are matched or routed by
   *     would not parse
   */
  public M build() {
    WireBuffer out = new WireBuffer(512 + lines.size() * 64 + bodyLength);
    HeaderIndex index = new HeaderIndex(lines.size() + 1);
    out.put(startLine.toString()).put("\r\n");
    for (Line line : lines) {
      append(line, out, index);
    }
    append(
        new Written(HeaderName.CONTENT_LENGTH, "Content-Length", Integer.toString(bodyLength)),
        out,
        index);
    out.put("\r\n");
    int bodyStart = out.length();
    out.put(body, bodyFrom, bodyLength);
    try {
      return maker.make(startLine, out.toBytes(), bodyStart, index);
    } catch (SipSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void append(Line line, WireBuffer out, HeaderIndex index) {
    int start = out.length();
    switch (line) {
      case Written w -> {
        out.put(w.name());
        int nameEnd = out.length();
        out.put(": ").put(w.value());
        int ordinal = w.known() == null ? -1 : w.known().ordinal();
        index.add(ordinal, start, nameEnd, nameEnd + 2, out.length(), out.length() + 2);
        out.put("\r\n");
      }
      case Copied c -> {
        HeaderIndex from = c.source().index();
        int i = c.i();
        int shift = start - from.nameStart(i);
        out.put(c.source().wire(), from.nameStart(i), from.lineEnd(i) - from.nameStart(i));
        index.add(
            from.header(i),
            start,
            from.nameEnd(i) + shift,
            from.valueStart(i) + shift,
            from.valueEnd(i) + shift,
            from.lineEnd(i) + shift);
      }
    }
  }

  private int find(@Nullable HeaderName known, String name, int from) {
    for (int i = from; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean same =
          known != null
              ? line.known() == known
              : line.known() == null && line.name().equalsIgnoreCase(name);
      if (same) {
        return i;
      }
    }
    return -1;
  }

  private static Line written(@Nullable HeaderName known, String name, String value) {
    if (!Grammar.isToken(name)) {
      throw new IllegalArgumentException("not a header name: " + Grammar.oneLine(name));
    }
    if (known == HeaderName.CONTENT_LENGTH) {
      throw new IllegalArgumentException("Content-Length is written by build()");
    }
    return new Written(known, name, Grammar.oneLine(value).strip());
  }
}
