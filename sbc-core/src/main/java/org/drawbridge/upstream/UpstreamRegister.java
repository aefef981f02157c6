package org.drawbridge.upstream;

import java.util.List;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;

/**
 * The REGISTER that a PBX gets for one of a phone: Request-URI and credentials as the phone wrote
 * them, since its digest covers both, with a Contact of ours.
 */
final class UpstreamRegister {

  /**
   * How many refreshes of the phone a registration at the PBX is to outlast: so many fewer requests
   * does the PBX see.
   */
  private static final int REFRESHES = 10;

  private final RelayedDomain domain;

  UpstreamRegister(RelayedDomain domain) {
    this.domain = domain;
  }

  /**
   * Writes it.
   *
   * @param callId what the PBX gets for the phone's Call-ID
   * @param alias the user part of our Contact for this phone; not used unless it has one
   * @param left those of Contacts to be removed beside it
   */
  SipRequest write(
      SipRequest from,
      String callId,
      RelayedContact wanted,
      Flow flow,
      String alias,
      List<String> left) {
    MessageBuilder<SipRequest> out =
        SipRequest.builder(from.method(), from.requestUri())
            .header(HeaderName.MAX_FORWARDS, Integer.toString(hopsLeft(from)))
            .copy(from, HeaderName.FROM)
            .copy(from, HeaderName.TO)
            .header(HeaderName.CALL_ID, callId)
            .copy(from, HeaderName.CSEQ)
            .copy(from, HeaderName.AUTHORIZATION)
            .copy(from, HeaderName.PROXY_AUTHORIZATION)
            .copy(from, HeaderName.USER_AGENT);
    switch (wanted) {
      case RelayedContact.Fetch() -> {}
      case RelayedContact.RemoveAll() ->
          out.header(HeaderName.CONTACT, "*").header(HeaderName.EXPIRES, "0");
      case RelayedContact.One one -> {
        contact(out, one, OwnContact.uri(flow, alias));
        left.forEach(gone -> remove(out, OwnContact.uri(flow, gone)));
      }
      case RelayedContact.Wrong wrong ->
          throw new IllegalArgumentException("not to be sent: " + wrong.reason());
    }
    return out.build();
  }

  private void contact(MessageBuilder<SipRequest> out, RelayedContact.One one, SipUri ours) {
    String lifetime = Long.toString(lifetime(one.lifetime()));
    NameAddr contact = NameAddr.of(ours).withParam("expires", lifetime);
    String q = one.address().param("q");
    out.header(HeaderName.CONTACT, (q == null ? contact : contact.withParam("q", q)).toString());
    out.header(HeaderName.EXPIRES, lifetime);
    if (domain.path()) {
      out.header(HeaderName.SUPPORTED, "path");
      out.header(HeaderName.PATH, NameAddr.of(ours.withParam("lr", null)).toString());
    }
  }

  private static void remove(MessageBuilder<SipRequest> out, SipUri ours) {
    out.header(HeaderName.CONTACT, NameAddr.of(ours).withParam("expires", "0").toString());
  }

  /** What is asked of the PBX for what the phone asks of us, in seconds. */
  private long lifetime(long asked) {
    return asked == 0 ? 0 : Math.max(asked, REFRESHES * domain.refresh().toSeconds());
  }

  private static int hopsLeft(SipRequest from) {
    return from.maxForwards() < 0 ? 70 : Math.min(from.maxForwards() - 1, 70);
  }
}
