package org.drawbridge.policy;

import java.util.Set;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;

/**
 * That a call goes on elsewhere because somebody who was called has redirected it (RFC 5806).
 *
 * @param by the user or number that was called
 * @param reason why, in a word of the header's
 */
public record Diversion(String by, String reason) {

  private static final String UNKNOWN = "unknown";

  private static final Set<String> REASONS =
      Set.of(
          "user-busy",
          "no-answer",
          "unavailable",
          "unconditional",
          "time-of-day",
          "do-not-disturb",
          "deflection",
          "follow-me",
          "out-of-service",
          "away");

  /** By a redirection; phones say in a Diversion of their own why they forward. */
  public static Diversion of(Party by, SipResponse redirection) {
    return new Diversion(by.user(), reason(redirection));
  }

  private static String reason(SipResponse redirection) {
    for (String value : redirection.headers().values(HeaderName.DIVERSION)) {
      try {
        String reason = NameAddr.parse(value).param("reason");
        return reason != null && REASONS.contains(reason) ? reason : UNKNOWN;
      } catch (SipSyntaxException _) {
        return UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  /** The value of the header toward a trunk, whose numbers have a format of their own. */
  String value(Trunk trunk, String domain) {
    return NameAddr.of(CallHistory.numbered(trunk, by, domain))
        .withParam("reason", reason)
        .withParam("counter", "1")
        .toString();
  }
}
