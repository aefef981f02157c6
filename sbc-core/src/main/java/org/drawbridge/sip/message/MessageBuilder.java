package org.drawbridge.sip.message;

import static org.drawbridge.sip.message.HeaderName.CONTENT_LENGTH;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.MessageHead.NewRequest;
import org.drawbridge.sip.message.MessageHead.NewResponse;
import org.drawbridge.sip.message.MessageHead.SameRequest;
import org.drawbridge.sip.message.MessageHead.SameResponse;
import org.drawbridge.sip.message.MessageLine.Copied;
import org.drawbridge.sip.message.MessageLine.Written;
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
  private static final String CRLF = "\r\n";
  private static final byte[] NO_BODY = new byte[0];

  private final List<MessageLine> lines = new ArrayList<>(16);
  private MessageHead<M> head;
  private byte[] body = NO_BODY;
  private int bodyFrom;
  private int bodyLength;

  private MessageBuilder(MessageHead<M> head) {
    this.head = head;
  }

  static MessageBuilder<SipRequest> request(RequestLine line) {
    return new MessageBuilder<>(new NewRequest(line));
  }

  static MessageBuilder<SipResponse> response(StatusLine line) {
    return new MessageBuilder<>(new NewResponse(line));
  }

  static MessageBuilder<SipRequest> like(SipRequest request) {
    return new MessageBuilder<>(new SameRequest(request)).copyOf(request);
  }

  static MessageBuilder<SipResponse> like(SipResponse response) {
    return new MessageBuilder<>(new SameResponse(response)).copyOf(response);
  }

  MessageBuilder<M> copyOf(SipMessage message) {
    Headers headers = message.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.known(i) != CONTENT_LENGTH) {
        lines.add(new Copied(headers, i));
      }
    }
    setBody(message.wire(), message.wire().length - message.bodyLength(), message.bodyLength());
    return this;
  }

  /** Another Request-URI; only for requests. */
  public MessageBuilder<M> requestUri(Uri uri) {
    head = head.withUri(uri);
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

  /** Adds all such lines of another message, as they stand there. */
  public MessageBuilder<M> copy(SipMessage from, HeaderName name) {
    Headers headers = from.headers();
    for (int i = headers.next(name, 0); i >= 0; i = headers.next(name, i + 1)) {
      lines.add(new Copied(headers, i));
    }
    return this;
  }

  /** Adds up to so many such lines as they stand there, well-formed or not. */
  MessageBuilder<M> copyUnchecked(Headers headers, HeaderName name, int most) {
    int i = headers.next(name, 0);
    for (int n = 0; n < most && i >= 0; n++) {
      lines.add(new Copied(headers, i));
      i = headers.next(name, i + 1);
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

  private MessageBuilder<M> replaceAt(int i, MessageLine line) {
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
    String line = lines.get(i).value();
    if (line.indexOf(',') < 0) {
      return changeLine(i, value == null ? null : written(name, name.canonical(), value));
    }
    List<String> values = Grammar.splitList(line);
    values.removeFirst();
    if (value != null) {
      values.addFirst(value);
    }
    String rest = String.join(", ", values);
    return changeLine(i, values.isEmpty() ? null : written(name, name.canonical(), rest));
  }

  private MessageBuilder<M> changeLine(int i, @Nullable MessageLine line) {
    if (line == null) {
      lines.remove(i);
    } else {
      lines.set(i, line);
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

  /**
   * The message.
   *
   * @throws IllegalArgumentException if one of the headers that messages are matched or routed by
   *     would not parse
   */
  public M build() {
    MessageLine length =
        new Written(CONTENT_LENGTH, CONTENT_LENGTH.canonical(), Integer.toString(bodyLength));
    WireBuffer out = new WireBuffer(expectedSize() + length.length());
    HeaderIndex index = new HeaderIndex(lines.size() + 1);
    head.writeTo(out);
    out.put(CRLF);
    try {
      for (int i = 0; i < lines.size(); i++) {
        lines.get(i).appendTo(out, index);
      }
      length.appendTo(out, index);
    } catch (SipSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    out.put(CRLF);
    int bodyStart = out.length();
    out.put(body, bodyFrom, bodyLength);
    return head.finish(out.toBytes(), bodyStart, index);
  }

  private int expectedSize() {
    int size = head.length() + 2 * CRLF.length() + bodyLength;
    for (int i = 0; i < lines.size(); i++) {
      size += lines.get(i).length();
    }
    return size;
  }

  private int find(@Nullable HeaderName known, String name, int from) {
    for (int i = from; i < lines.size(); i++) {
      MessageLine line = lines.get(i);
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

  private static MessageLine written(@Nullable HeaderName known, String name, String value) {
    if ((known == null || !name.equals(known.canonical())) && !Grammar.isToken(name)) {
      throw new IllegalArgumentException("not a header name: " + Grammar.oneLine(name));
    }
    if (known == CONTENT_LENGTH) {
      throw new IllegalArgumentException("Content-Length is written by build()");
    }
    return new Written(known, name, Grammar.oneLine(value).strip());
  }
}
