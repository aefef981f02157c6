package org.drawbridge.policy;

import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Where a transferred party goes (RFC 3515, RFC 5589). The rules are asked as if who transfers were
 * calling, so a transfer reaches nothing that its sender could not call itself. An account that is
 * reached by it sees the party it will talk to; a trunk sees who transfers, whose number it knows.
 */
public final class Referral {

  /**
   * Who is on both sides of the transfer, without tags.
   *
   * @param referrer who transfers
   * @param remaining who is transferred, as the referrer knows it
   */
  public record Parties(NameAddr referrer, NameAddr remaining) {}

  private final Admitted admitted;
  private final SipRequest byReferrer;
  private final SipRequest byRemaining;
  private final Party remaining;

  private Referral(
      Admitted admitted, SipRequest byReferrer, SipRequest byRemaining, Party remaining) {
    this.admitted = admitted;
    this.byReferrer = byReferrer;
    this.byRemaining = byRemaining;
    this.remaining = remaining;
  }

  /**
   * Decides on a transfer.
   *
   * @param rules the configuration that decides
   * @param flow the way to the referrer
   * @param source who the referrer is, proven
   * @param refer the REFER
   * @param target whom it names
   * @param locations knows the devices that a GRUU names
   */
  public static Referral decide(
      Ruleset rules,
      Flow flow,
      CallSource source,
      Parties parties,
      SipRequest refer,
      Uri target,
      LocationService locations) {
    Names names = new Names(rules, flow);
    Gruu device = target instanceof SipUri uri ? locations.gruu(uri) : null;
    Party caller = names.party(parties.referrer().uri());
    RouteQuery query =
        new RouteQuery(
            source,
            Method.INVITE.token(),
            caller,
            names.called(target, device),
            new MessageFacts(refer, flow));
    return new Referral(
        new Admitted(rules, source, rules.routes().decide(query), device),
        invite(target, parties.referrer(), refer),
        invite(target, parties.remaining(), refer),
        names.party(parties.remaining().uri()));
  }

  /**
   * The target of a transfer that the other side carries out, written so that it leads to us; null
   * where it is not one of ours.
   */
  public static @Nullable Uri throughUs(Ruleset rules, Flow flow, Uri target) {
    Party party = new Names(rules, flow).party(target);
    if (party.user().isEmpty() || !rules.domains().isLocal(party.host())) {
      return null;
    }
    SipUri uri = SipUri.of(party.user(), party.host(), -1);
    return target instanceof SipUri sip && sip.params().has("gr")
        ? uri.withParam("gr", sip.params().raw("gr"))
        : uri;
  }

  /** The INVITE the referrer would send for this; made up, never sent. */
  private static SipRequest invite(Uri target, NameAddr from, SipRequest refer) {
    int hops = refer.maxForwards();
    return SipRequest.builder(Method.INVITE, target)
        .header(HeaderName.MAX_FORWARDS, Integer.toString(hops < 0 ? 70 : hops))
        .header(HeaderName.FROM, from.withTag(Tokens.tag()).toString())
        .header(HeaderName.TO, NameAddr.of(target).toString())
        .header(HeaderName.CALL_ID, refer.callId())
        .header(HeaderName.CSEQ, CSeq.of(1, Method.INVITE).toString())
        .build();
  }

  /** The one device that is meant; null for all of them. */
  public @Nullable Gruu device() {
    return admitted.device();
  }

  /** Where it goes, or how it is refused. */
  public RouteDecision decision() {
    return admitted.decision();
  }

  /** The request that stands for the transfer where one is asked for. */
  public SipRequest request() {
    return byReferrer;
  }

  /** Who the INVITE to a candidate comes from and goes to. */
  public Identities identities(RouteDecision.Deliver route, Candidate candidate) {
    return candidate instanceof Candidate.Contact
        ? Identities.of(byRemaining, admitted, route.withCaller(remaining), candidate)
        : Identities.of(byReferrer, admitted, route, candidate);
  }
}
