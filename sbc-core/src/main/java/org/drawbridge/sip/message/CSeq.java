package org.drawbridge.sip.message;

/**
 * A CSeq value (RFC 3261 section 20.16).
 *
 * @param seq 0 to 2^31-1
 * @param method the constant, or {@link Method#EXTENSION}
 * @param token the method's text
 */
public record CSeq(long seq, Method method, String token) {
  private static final long MAX = Integer.MAX_VALUE;

  /** A number with a method that has a constant. */
  public static CSeq of(long seq, Method method) {
    return new CSeq(seq, method, method.token());
  }

  /**
   * Parses {@code number LWS method}.
   *
   * @throws SipSyntaxException if it is not that, or the number is 2^31 or more
   */
  public static CSeq parse(String s) throws SipSyntaxException {
    int from = Grammar.skipSpace(s, 0);
    int i = from;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    long seq = Grammar.number(s, from, i, MAX);
    int methodFrom = Grammar.skipSpace(s, i);
    int methodTo = Grammar.tokenEnd(s, methodFrom);
    if (seq < 0 || methodFrom == i) {
      throw new SipSyntaxException("Bad CSeq number", from);
    }
    if (methodTo == methodFrom || Grammar.skipSpace(s, methodTo) != s.length()) {
      throw new SipSyntaxException("Bad CSeq method", methodFrom);
    }
    String token = s.substring(methodFrom, methodTo);
    return new CSeq(seq, Method.of(token), token);
  }

  /** The wire form. */
  @Override
  public String toString() {
    return seq + " " + token;
  }
}
