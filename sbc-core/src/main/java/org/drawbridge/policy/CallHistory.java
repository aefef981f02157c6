package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.HistoryMode;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * By whom a call was diverted on its way here: Diversion (RFC 5806) and History-Info (RFC 7044).
 * They pass from a trunk that is trusted to one that may know, with the hosts in them replaced;
 * what an account or a stranger writes there proves nothing, and a trunk may bill by it.
 */
public final class CallHistory {

  private static final List<HeaderName> HEADERS =
      List.of(HeaderName.DIVERSION, HeaderName.HISTORY_INFO);

  /** Parameters that say how and how often, and nothing of where. */
  private static final List<String> PARAMS =
      List.of("reason", "counter", "limit", "privacy", "screen", "index", "rc", "mp", "np");

  private static final int MAX_VALUES = 10;

  private CallHistory() {}

  /** Copies what the candidate may know of it. */
  public static void pass(
      SipRequest from, Admitted admitted, Candidate candidate, MessageBuilder<SipRequest> to) {
    if (!(candidate instanceof Candidate.TrunkHost host)
        || host.trunk().rights().history() != HistoryMode.PASS
        || !(admitted.source() instanceof CallSource.FromTrunk(String source))
        || !admitted.rules().trusts(source)) {
      return;
    }
    String domain = admitted.rules().defaultDomain();
    for (HeaderName name : HEADERS) {
      from.headers().values(name).stream()
          .limit(MAX_VALUES)
          .map(value -> passed(value, domain))
          .filter(value -> value != null)
          .forEach(value -> to.header(name, value));
    }
  }

  /** A value with our domain for its host and without what might tell an address, or null. */
  private static @Nullable String passed(String value, String domain) {
    try {
      NameAddr address = NameAddr.parse(value);
      if (!(address.uri() instanceof SipUri uri)) {
        return null;
      }
      NameAddr out = NameAddr.of(SipUri.of(uri.user(), domain, -1));
      for (String param : PARAMS) {
        String text = address.param(param);
        if (text != null) {
          out = out.withParam(param, text);
        }
      }
      return out.toString();
    } catch (SipSyntaxException _) {
      return null;
    }
  }
}
