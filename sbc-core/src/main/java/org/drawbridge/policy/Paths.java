package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.routing.value.ServiceUrn;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;

/**
 * Requests go to a contact along the Path it registered by (RFC 3327 section 5.3), and to a trunk
 * along the Service-Route of our registration there, or of the caller's (RFC 3608 section 5). A
 * service, whose URN does not say where it is, is asked of the trunk by a Route (RFC 6881).
 */
public final class Paths {

  private Paths() {}

  /**
   * The Route values a candidate asks for, in their order; none for one that registered directly.
   */
  public static List<String> of(Candidate candidate, TrunkStates trunks) {
    return switch (candidate) {
      case Candidate.Contact(var binding, _) -> binding.path();
      case Candidate.TrunkHost host -> toTrunk(host, trunks);
      case Candidate.Dialog _, Candidate.Service _ -> List.of();
    };
  }

  private static List<String> toTrunk(Candidate.TrunkHost host, TrunkStates trunks) {
    List<String> asked = host.route().isEmpty() ? trunks.serviceRoute(host.trunk()) : host.route();
    return asked.isEmpty() && ServiceUrn.is(host.user())
        ? List.of("<" + Identities.trunkUri(host.host(), null).withParam("lr", null) + ">")
        : asked;
  }

  /** The request with the Route its candidate asks for; the request itself where there is none. */
  public static SipRequest along(Candidate candidate, TrunkStates trunks, SipRequest request) {
    List<String> path = of(candidate, trunks);
    if (path.isEmpty()) {
      return request;
    }
    MessageBuilder<SipRequest> routed = request.edit().remove(HeaderName.ROUTE);
    path.forEach(hop -> routed.header(HeaderName.ROUTE, hop));
    return routed.build();
  }
}
