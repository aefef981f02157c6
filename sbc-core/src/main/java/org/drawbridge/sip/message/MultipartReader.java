package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.sip.message.MultipartBody.Part;

/** Takes a body apart that has several parts. Used once, by one thread. */
final class MultipartReader {

  private static final String MULTIPART = "multipart/";
  private static final String DEFAULT_TYPE = "text/plain";
  private static final String CRLF = "\r\n";

  /** More than any message has. */
  private static final int MAX_PARTS = 16;

  /** Multiparts within one another. */
  private static final int MAX_DEPTH = 3;

  /** RFC 2046 section 5.1.1. */
  private static final int LONGEST_BOUNDARY = 70;

  private final SipMessage message;

  /** The body, a char for a byte. */
  private final String text;

  private final List<Part> parts = new ArrayList<>(4);
  private boolean hasHitBound;

  MultipartReader(SipMessage message) {
    this.message = message;
    this.text = new String(message.body(), StandardCharsets.ISO_8859_1);
  }

  static boolean isMultipart(String contentType) {
    return contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
  }

  /**
   * Reads all parts.
   *
   * @throws SipSyntaxException if they cannot be told apart, are too many or nested too deep;
   *     offset into the body
   */
  MultipartBody read() throws SipSyntaxException {
    String type = message.contentType();
    read(type == null ? "" : type, 0, text.length(), 1);
    return new MultipartBody(message, parts);
  }

  /** Whether reading has ended because the parts are too many or nested too deep. */
  boolean hasHitBound() {
    return hasHitBound;
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
        hasHitBound = true;
        throw new SipSyntaxException("parts are nested too deep", from);
      }
      read(contentType, from, to, depth + 1);
      return;
    }
    if (parts.size() == MAX_PARTS) {
      hasHitBound = true;
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
