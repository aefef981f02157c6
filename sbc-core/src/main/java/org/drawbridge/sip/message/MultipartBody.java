package org.drawbridge.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body that has several (RFC 2046 section 5.1, RFC 5621 section 3). Parts that are
 * multipart themselves are taken apart too, so none of these is one. Immutable.
 */
public final class MultipartBody {

  private static final String MULTIPART = "multipart/";
  private static final String DEFAULT_TYPE = "text/plain";
  private static final String CRLF = "\r\n";

  /** More than any message has. */
  private static final int MAX_PARTS = 16;

  /** Multiparts within one another. */
  private static final int MAX_DEPTH = 3;

  /** RFC 2046 section 5.1.1. */
  private static final int LONGEST_BOUNDARY = 70;

  /**
   * One part.
   *
   * @param type media type, lower case, without parameters
   * @param isRequired whether one who cannot use it has to refuse the message (RFC 5621 section 4)
   * @param isEncoded whether its bytes are not the content itself, which SIP has no need of
   * @param head where its headers begin, in bytes of the body
   * @param from where its content begins
   * @param to where that ends
   */
  public record Part(
      String type, boolean isRequired, boolean isEncoded, int head, int from, int to) {}

  private final byte[] body;

  /** The body, a char for a byte. */
  private final String text;

  private final List<Part> parts = new ArrayList<>(4);

  private MultipartBody(byte[] body) {
    this.body = body;
    this.text = new String(body, StandardCharsets.ISO_8859_1);
  }

  /** Whether a message's body says that it has several parts. */
  public static boolean isIn(SipMessage message) {
    if (message.bodyLength() == 0) {
      return false;
    }
    String type = message.contentType();
    return type != null && isMultipart(type);
  }

  private static boolean isMultipart(String contentType) {
    return contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
  }

  /**
   * Takes a body apart.
   *
   * @throws SipSyntaxException if its parts cannot be told apart, are too many or nested too deep;
   *     offset into the body
   */
  public static MultipartBody of(SipMessage message) throws SipSyntaxException {
    String type = message.contentType();
    MultipartBody parsed = new MultipartBody(message.body());
    parsed.read(type == null ? "" : type, 0, parsed.text.length(), 1);
    return parsed;
  }

  /** All parts in their order. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** The content of the first such part, not encoded, as UTF-8 text; null if there is none. */
  public @Nullable String first(String type) {
    for (Part part : parts) {
      if (part.type().equals(type) && !part.isEncoded()) {
        return new String(body, part.from(), part.to() - part.from(), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /** A part as it stands between its delimiters, headers and all. */
  public byte[] whole(Part part) {
    return Arrays.copyOfRange(body, part.head(), part.to());
  }

  /** The body with other content for all parts of this type, none of which may be encoded. */
  public byte[] with(String type, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + content.length);
    int copied = 0;
    for (Part part : parts) {
      if (part.type().equals(type)) {
        out.write(body, copied, part.from() - copied);
        out.writeBytes(content);
        copied = part.to();
      }
    }
    out.write(body, copied, body.length - copied);
    return out.toByteArray();
  }

  private void read(String contentType, int from, int to, int depth) throws SipSyntaxException {
    String delimiter = "--" + boundary(contentType, from);
    // One of the alternatives has to be understood, not each (RFC 2046 section 5.1.4).
    boolean alternatives =
        contentType.toLowerCase(Locale.ROOT).startsWith(MULTIPART + "alternative");
    int at = delimiter(delimiter, from, from, to);
    while (!text.startsWith("--", at + delimiter.length())) {
      int head = text.indexOf(CRLF, at) + CRLF.length();
      int content = contentAfter(head, to);
      int next = delimiter(delimiter, content, content, to);
      // The line break before a delimiter is part of the delimiter.
      add(head, content, Math.max(content, next - CRLF.length()), alternatives, depth);
      at = next;
    }
  }

  private static String boundary(String contentType, int offset) throws SipSyntaxException {
    int semicolon = contentType.indexOf(';');
    String boundary = semicolon < 0 ? null : Params.parse(contentType, semicolon).get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw new SipSyntaxException("no boundary between parts is named", offset);
    }
    return boundary;
  }

  /**
   * The next line that is a delimiter, from {@code from} on.
   *
   * @param start where a line surely starts
   */
  private int delimiter(String delimiter, int start, int from, int to) throws SipSyntaxException {
    int at = text.indexOf(delimiter, from);
    while (at >= 0 && at + delimiter.length() <= to) {
      if ((at == start || text.startsWith(CRLF, at - CRLF.length()))
          && endsLine(at + delimiter.length(), to)) {
        return at;
      }
      at = text.indexOf(delimiter, at + 1);
    }
    throw new SipSyntaxException("the parts do not end", from);
  }

  /** Only blanks up to the end of the line, or the two dashes behind the last part. */
  private boolean endsLine(int from, int to) {
    int i = from;
    while (i < to && Grammar.isSpace(text.charAt(i))) {
      i++;
    }
    return text.startsWith("--", from) || text.startsWith(CRLF, i) && i + CRLF.length() <= to;
  }

  /** Where the empty line behind a part's headers ends. */
  private int contentAfter(int headers, int to) throws SipSyntaxException {
    if (text.startsWith(CRLF, headers)) {
      return headers + CRLF.length();
    }
    int end = text.indexOf(CRLF + CRLF, headers);
    if (end < 0 || end + 4 > to) {
      throw new SipSyntaxException("the headers of a part do not end", headers);
    }
    return end + 4;
  }

  private void add(int head, int from, int to, boolean isAlternative, int depth)
      throws SipSyntaxException {
    PartHeaders headers = new PartHeaders(text.substring(head, from));
    String contentType = headers.value("Content-Type", DEFAULT_TYPE);
    if (isMultipart(contentType)) {
      if (depth == MAX_DEPTH) {
        throw new SipSyntaxException("parts are nested too deep", from);
      }
      read(contentType, from, to, depth + 1);
      return;
    }
    if (parts.size() == MAX_PARTS) {
      throw new SipSyntaxException("more than " + MAX_PARTS + " parts", from);
    }
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    boolean isRequired = !isAlternative && !headers.isOptional();
    parts.add(
        new Part(
            type.strip().toLowerCase(Locale.ROOT),
            isRequired,
            headers.isEncoded(),
            head,
            from,
            to));
  }
}
