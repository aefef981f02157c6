package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request method (RFC 3261 section 7.1). Tokens are case-sensitive; any other token is an {@link
 * #EXTENSION}.
 */
public enum Method {
  INVITE,
  ACK,
  BYE,
  CANCEL,
  REGISTER,
  OPTIONS,
  INFO,
  MESSAGE,
  UPDATE,
  PRACK,
  REFER,
  NOTIFY,
  SUBSCRIBE,
  PUBLISH,
  /** A method without a constant here; the message or CSeq value holds its text. */
  EXTENSION;

  private static final Method[] ALL = values();

  private final byte[] bytes = name().getBytes(StandardCharsets.US_ASCII);

  /**
   * The text on the wire; for {@link #EXTENSION} the word itself, which is no method: ask the
   * message instead.
   */
  public String token() {
    return name();
  }

  /** As {@link #of(String)}, for the first bytes of a message. Allocates nothing. */
  static Method of(byte[] wire, int length) {
    for (Method method : ALL) {
      byte[] token = method.bytes;
      if (token.length == length
          && method != EXTENSION
          && Arrays.equals(wire, 0, length, token, 0, length)) {
        return method;
      }
    }
    return EXTENSION;
  }

  /** The method with exactly this token, else {@link #EXTENSION}. */
  public static Method of(String token) {
    for (Method method : ALL) {
      if (method != EXTENSION && method.name().equals(token)) {
        return method;
      }
    }
    return EXTENSION;
  }
}
