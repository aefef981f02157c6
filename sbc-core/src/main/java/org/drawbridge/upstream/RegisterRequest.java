package org.drawbridge.upstream;

import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;

/**
 * The REGISTER requests of one trunk: all with one Call-ID and ascending CSeq (RFC 3261 section
 * 10.2). Confined to a loop.
 */
final class RegisterRequest {

  private static final long MAX_LIFETIME = 86_400;

  private final TrunkRegistration registration;
  private final String contactUser;
  private final String callId;
  private final String tag = Tokens.tag();
  private long cseq;

  RegisterRequest(TrunkRegistration registration, String contactUser, String callId) {
    this.registration = registration;
    this.contactUser = contactUser;
    this.callId = callId;
  }

  /**
   * The next request, without credentials.
   *
   * @param lifetime in seconds; 0 takes our Contact back
   */
  SipRequest next(Flow flow, long lifetime) {
    SipUri aor = SipUri.of(registration.user(), registration.domain(), -1);
    NameAddr address = NameAddr.of(aor);
    cseq++;
    return SipRequest.builder(Method.REGISTER, SipUri.of(null, registration.domain(), -1))
        .header(HeaderName.MAX_FORWARDS, "70")
        .header(HeaderName.FROM, address.withTag(tag).toString())
        .header(HeaderName.TO, address.toString())
        .header(HeaderName.CALL_ID, callId)
        .header(HeaderName.CSEQ, CSeq.of(cseq, Method.REGISTER).toString())
        .header(
            HeaderName.CONTACT,
            NameAddr.of(OwnContact.uri(flow, contactUser))
                .withParam("expires", Long.toString(lifetime))
                .toString())
        .header(HeaderName.EXPIRES, Long.toString(lifetime))
        .build();
  }

  /**
   * How many seconds a 200 gives our Contact: what stands at it, else in Expires, else what was
   * asked for.
   */
  long granted(SipResponse response, long asked) {
    long granted = response.expires() >= 0 ? response.expires() : asked;
    for (NameAddr contact : response.contacts()) {
      if (contact.uri() instanceof SipUri uri && contactUser.equals(uri.user())) {
        granted = Lifetimes.parse(contact.param("expires"), granted);
      }
    }
    return Math.min(granted, MAX_LIFETIME);
  }
}
