package org.drawbridge.policy;

import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;

/**
 * Requests that go on to another side: all of them is ours but what {@link HeaderPolicy} passes.
 */
public final class Outgoing {

  private static final int MAX_FORWARDS = 70;

  private Outgoing() {}

  /**
   * The start of a request outside a dialog: without Via, Contact and body.
   *
   * @param original what it is made from
   * @param identities who it comes from and goes to
   * @param callId a Call-ID of our own
   */
  public static MessageBuilder<SipRequest> request(
      SipRequest original, Identities identities, String callId) {
    MessageBuilder<SipRequest> out =
        SipRequest.builder(original.method(), identities.requestUri())
            .header(HeaderName.MAX_FORWARDS, Integer.toString(hopsLeft(original)))
            .header(HeaderName.FROM, identities.from().withTag(Tokens.tag()).toString())
            .header(HeaderName.TO, identities.to().toString())
            .header(HeaderName.CALL_ID, callId)
            .header(HeaderName.CSEQ, CSeq.of(1, original.method()).toString());
    if (identities.asserted() != null) {
      out.header(HeaderName.P_ASSERTED_IDENTITY, identities.asserted().toString());
    }
    if (identities.privacy() != null) {
      out.header(HeaderName.PRIVACY, identities.privacy());
    }
    if (identities.isEndToEnd()) {
      passCredentials(original, out);
      out.copy(original, HeaderName.P_PREFERRED_IDENTITY)
          .copy(original, HeaderName.PRIVACY)
          .copy(original, HeaderName.REPLACES)
          .copy(original, HeaderName.USER_AGENT);
    }
    HeaderPolicy.passHeaders(original, out);
    if (identities.ringsAsTold() && identities.to().uri() instanceof SipUri to) {
      HeaderPolicy.passRinging(original, out, to.host());
    }
    return out;
  }

  /** Copies how a phone proves at its own PBX who it is. */
  public static void passCredentials(SipRequest original, MessageBuilder<SipRequest> out) {
    out.copy(original, HeaderName.AUTHORIZATION).copy(original, HeaderName.PROXY_AUTHORIZATION);
  }

  /** One less than the sender's, so that a loop over several of us ends (RFC 7332). */
  private static int hopsLeft(SipRequest original) {
    int hops = original.maxForwards();
    return hops < 0 ? MAX_FORWARDS : Math.min(hops - 1, MAX_FORWARDS);
  }

  /** Where a host of a trunk is, as far as its URI says. */
  public static Destination destination(Trunk trunk, SipTarget target) {
    var named = target.transport();
    Transport transport = named == null ? null : Transport.valueOf(named.name());
    return new Destination(
        transport, target.host(), target.port(), target.secure(), identity(trunk));
  }

  /**
   * The same, beginning at the address that has our registration: of the several that a carrier's
   * name stands for, the others may not know us.
   */
  public static Destination destination(Trunk trunk, SipTarget target, TrunkStates states) {
    Destination usual = destination(trunk, target);
    Flow registered = states.registeredOver(trunk, target);
    return registered == null ? usual : usual.beginningAt(registered);
  }

  /** With whose certificate and authorities TLS to a trunk is done; empty for the usual ones. */
  public static String identity(Trunk trunk) {
    return trunk.tls().equals(TrunkTls.USUAL) ? "" : trunk.name();
  }
}
