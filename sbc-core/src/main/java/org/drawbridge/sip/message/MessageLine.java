package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/** A header line of a message under construction. */
sealed interface MessageLine {
  @Nullable HeaderName known();

  String name();

  String value();

  /** About how many bytes it takes with its CRLF; the exact number if they are ASCII. */
  int length();

  /**
   * Puts it at the end of the message.
   *
   * @throws SipSyntaxException if messages are matched or routed by it and it would not parse
   */
  void appendTo(WireBuffer out, HeaderIndex index) throws SipSyntaxException;

  /** One that stands in another message, and was checked when that was made. */
  record Copied(Headers source, int i) implements MessageLine {
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

    @Override
    public int length() {
      return source.index().lineEnd(i) - source.index().nameStart(i);
    }

    @Override
    public void appendTo(WireBuffer out, HeaderIndex index) {
      index.addCopy(source.index(), i, out.length());
      out.put(source.wire(), source.index().nameStart(i), length());
    }
  }

  /** A new one. */
  record Written(@Nullable HeaderName known, String name, String value) implements MessageLine {
    @Override
    public int length() {
      return name.length() + value.length() + 4;
    }

    @Override
    public void appendTo(WireBuffer out, HeaderIndex index) throws SipSyntaxException {
      int start = out.length();
      int nameEnd = out.put(name).length();
      int end = out.put(": ").put(value).length();
      out.put("\r\n");
      index.add(known == null ? -1 : known.ordinal(), start, nameEnd, nameEnd + 2, end, end + 2);
      HotCheck.line(new Headers(out.bytes(), index), index.count() - 1);
    }
  }
}
