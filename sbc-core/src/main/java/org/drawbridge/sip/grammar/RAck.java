package org.drawbridge.sip.grammar;

import org.drawbridge.sip.message.Method;

/**
 * An RAck value (RFC 3262 section 7.2): the provisional response a PRACK is for. {@code toString}
 * is the header value.
 *
 * @param rseq the RSeq of that response
 * @param cseq the CSeq number of the request it answered
 * @param method that request's method
 * @param token the method's text
 */
public record RAck(long rseq, long cseq, Method method, String token) {
  @Override
  public String toString() {
    return rseq + " " + cseq + " " + token;
  }
}
