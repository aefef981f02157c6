package org.drawbridge.sip.message;

/**
 * The first line of a message (RFC 3261 sections 7.1 and 7.2). {@code toString} is the wire form
 * without CRLF.
 */
public sealed interface StartLine {

  /**
   * A request's.
   *
   * @param method the constant, or {@link Method#EXTENSION}
   * @param token the method's text
   * @param uri the Request-URI
   */
  record RequestLine(Method method, String token, Uri uri) implements StartLine {
    @Override
    public String toString() {
      return token + ' ' + uri + " SIP/2.0";
    }
  }

  /**
   * A response's.
   *
   * @param status 100 to 699
   * @param reason may be empty
   */
  record StatusLine(int status, String reason) implements StartLine {
    @Override
    public String toString() {
      return "SIP/2.0 " + status + ' ' + reason;
    }
  }
}
