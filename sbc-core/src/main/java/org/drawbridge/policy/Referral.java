package org.drawbridge.policy;

import java.time.Duration;
import java.util.List;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.change.RequestChanges;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.config.FailurePolicy;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.flow.OwnAddress;
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

  /** Longer than anybody lets a phone ring; whoever is transferred may hang up before. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);

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
  private final boolean returned;

  private Referral(
      Admitted admitted,
      SipRequest byReferrer,
      SipRequest byRemaining,
      Party remaining,
      boolean returned) {
    this.admitted = admitted;
    this.byReferrer = byReferrer;
    this.byRemaining = byRemaining;
    this.remaining = remaining;
    this.returned = returned;
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
    RouteQuery query = query(source, caller, names.called(target, device), refer, flow);
    return new Referral(
        new Admitted(rules, source, rules.routes().decide(query), device),
        invite(target, parties.referrer(), refer),
        invite(target, parties.remaining(), refer),
        names.party(parties.remaining().uri()),
        false);
  }

  /**
   * A transfer by a trunk to what only the trunk can find: the host is one of its own, and there is
   * no user or there are parameters for itself. Microsoft Teams writes both, and wants an INVITE
   * with that very URI and with its Referred-By as it was. A number has to be one that the rules
   * let the trunk call: the carrier may only pass on what its own customer has written. Null for
   * all other transfers, which go where the rules say.
   *
   * @param handling of the call that is transferred, as the call goes on
   */
  public static @Nullable Referral returned(
      Ruleset rules,
      Flow flow,
      CallSource source,
      Parties parties,
      SipRequest refer,
      Uri target,
      CallHandling handling) {
    Trunk trunk =
        source instanceof CallSource.FromTrunk(String name) ? rules.trunks().byName(name) : null;
    if (trunk == null || !(target instanceof SipUri uri) || !isOfItself(trunk, uri)) {
      return null;
    }
    Names names = new Names(rules, flow);
    Party caller = names.party(parties.referrer().uri());
    Party callee = names.called(target, null);
    if (!callee.user().isEmpty()
        && rules.routes().decide(query(source, caller, callee, refer, flow))
            instanceof RouteDecision.Refuse) {
      return null;
    }
    RouteDecision.Deliver back =
        new RouteDecision.Deliver(
            "refer",
            caller,
            callee,
            List.of(new RouteTarget.ToTrunk(trunk.beginningAt(uri.bareHost()), callee.user())),
            new RouteDecision.Persistence(ANSWER_LIMIT, null, FailurePolicy.STOP),
            handling,
            RequestChanges.NONE);
    SipRequest invite = invite(target, parties.referrer(), refer);
    return new Referral(new Admitted(rules, source, back, null), invite, invite, caller, true);
  }

  private static RouteQuery query(
      CallSource source, Party caller, Party callee, SipRequest refer, Flow flow) {
    return new RouteQuery(
        source, Method.INVITE.token(), caller, callee, new MessageFacts(refer, flow));
  }

  private static boolean isOfItself(Trunk trunk, SipUri target) {
    boolean own =
        target.bareHost().equalsIgnoreCase(trunk.uris().domain())
            || trunk.targets().stream()
                .anyMatch(host -> host.host().equalsIgnoreCase(target.bareHost()));
    boolean marked =
        target.params().asList().stream()
            .anyMatch(param -> param.name().regionMatches(true, 0, "x-", 0, 2));
    return own && (marked || UserPart.of(target).isEmpty());
  }

  /**
   * The target of a transfer that the other side carries out, written so that it leads to us; null
   * where it is not one of ours.
   */
  public static @Nullable Uri throughUs(Ruleset rules, Flow flow, Uri target) {
    return throughUs(rules, flow, target, null);
  }

  /**
   * The same for a side that may be a phone of the PBX that transfers it.
   *
   * @param home the domain of that phone, which is meant where the PBX writes its own address, ours
   *     or none; null for all others
   */
  public static @Nullable Uri throughUs(
      Ruleset rules, Flow flow, Uri target, @Nullable String home) {
    Party party = new Names(rules, flow).party(target);
    String host = home != null && isAddress(target, flow) ? home : party.host();
    if (party.user().isEmpty() || !rules.domains().isLocal(host)) {
      return null;
    }
    SipUri uri = SipUri.of(party.user(), host, -1);
    return target instanceof SipUri sip && sip.params().has("gr")
        ? uri.withParam("gr", sip.params().raw("gr"))
        : uri;
  }

  /** Whether a URI names no host, or one of both ends of a flow by its address. */
  private static boolean isAddress(Uri target, Flow flow) {
    return !(target instanceof SipUri uri)
        || OwnAddress.is(uri.bareHost(), flow)
        || flow.remote().getAddress().equals(IpLiteral.parse(uri.bareHost()));
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
        .copy(refer, HeaderName.REFERRED_BY)
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
    if (candidate instanceof Candidate.Contact && candidate.trunk() == null) {
      return Identities.of(byRemaining, admitted, route.withCaller(remaining), candidate);
    }
    Identities known = Identities.of(byReferrer, admitted, route, candidate);
    return returned ? known.to(byReferrer.requestUri()) : known;
  }

  /**
   * The Referred-By (RFC 3892) for a candidate: what the referrer wrote, where that is who is
   * called; else who it is, with a domain of ours in place of an address, for our accounts and for
   * trunks that are trusted with identities; null for others.
   *
   * @param referrer who transfers, without tag
   */
  public @Nullable String referredBy(Candidate candidate, NameAddr referrer) {
    if (returned) {
      return byReferrer.headers().first(HeaderName.REFERRED_BY);
    }
    Trunk trunk = candidate.trunk();
    String host = null;
    if (trunk != null && trunk.rights().trusted()) {
      host = admitted.rules().domains().localOrDefault(host(referrer));
    } else if (trunk == null && candidate instanceof Candidate.Contact(var binding, _)) {
      host = Identities.shownHost(admitted.rules(), host(referrer), binding.aor());
    }
    return host == null ? null : at(host, referrer).toString();
  }

  private static String host(NameAddr referrer) {
    return referrer.uri() instanceof SipUri sip ? sip.bareHost() : "";
  }

  /** A trunk's own address is its own business: who transfers is known by a domain of ours. */
  private static NameAddr at(String host, NameAddr referrer) {
    String user = UserPart.of(referrer.uri());
    return NameAddr.of(SipUri.of(user.isEmpty() ? null : user, host, -1));
  }
}
