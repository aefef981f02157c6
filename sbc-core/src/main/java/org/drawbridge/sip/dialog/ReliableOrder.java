package org.drawbridge.sip.dialog;

import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipResponse;

/**
 * The order of the reliable provisional responses that one fork gives to our INVITE (RFC 3262
 * section 4). Pure.
 */
public final class ReliableOrder {

  /** What a provisional response is. */
  public enum Heard {
    /** Sent as RFC 3261 does: to be used, not to be acknowledged. */
    UNRELIABLE,
    /** The next in order: to be used and acknowledged by a PRACK. */
    NEW,
    /** One that was acknowledged, or one that has overtaken another: to be dropped. */
    DROP
  }

  private static final long NONE = -1;

  private long last = NONE;

  /** Takes a provisional response. */
  public Heard onResponse(SipResponse response) {
    if (!isReliable(response)) {
      return Heard.UNRELIABLE;
    }
    Long rseq = HeaderGrammar.rseq(response.headers()).orNull();
    if (rseq == null || (last != NONE && rseq != last + 1)) {
      return Heard.DROP;
    }
    last = rseq;
    return Heard.NEW;
  }

  /** Whether a response asks for a PRACK. */
  public static boolean isReliable(SipResponse response) {
    return response.status() > 100
        && response.status() < 200
        && response.headers().has(HeaderName.REQUIRE)
        && HeaderGrammar.optionTags(response.headers(), HeaderName.REQUIRE)
            .contains(ReliableResponses.OPTION);
  }
}
