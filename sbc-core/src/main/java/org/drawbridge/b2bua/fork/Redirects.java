package org.drawbridge.b2bua.fork;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.drawbridge.limit.Passage;
import org.drawbridge.policy.Diversion;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.MessageFacts;
import org.drawbridge.policy.Redirection;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.config.RedirectPolicy;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The redirections of one call: where they lead, and that they come to an end. */
public final class Redirects {

  private static final int MAX_DEPTH = 5;

  private final ForkOwner call;
  private final RouteDecision.Deliver first;
  private final @Nullable Passage passage;
  private final Function<RouteDecision.Deliver, Invitation> invitations;
  private final @Nullable Way only;
  private final Set<Party> called = new HashSet<>();

  /**
   * None so far.
   *
   * @param passage how the first way meets the limits
   * @param invitations what the INVITEs of each route are made from
   */
  public Redirects(
      ForkOwner call,
      RouteDecision.Deliver first,
      Passage passage,
      Function<RouteDecision.Deliver, Invitation> invitations) {
    this(call, first, passage, invitations, null);
  }

  /** As above, with a first way that routing has not chosen. */
  Redirects(ForkOwner call, RouteDecision.Deliver first, Invitation invitation, Way only) {
    this(call, first, null, _ -> invitation, only);
  }

  private Redirects(
      ForkOwner call,
      RouteDecision.Deliver first,
      @Nullable Passage passage,
      Function<RouteDecision.Deliver, Invitation> invitations,
      @Nullable Way only) {
    this.call = call;
    this.first = first;
    this.passage = passage;
    this.invitations = invitations;
    this.only = only;
    called.add(first.callee());
  }

  /** What routing decided for the call itself. */
  public RouteDecision.Deliver route() {
    return first;
  }

  /** The way that routing chose for the call itself. */
  Way first() {
    return only == null ? way(first, passage, List.of()) : only;
  }

  private Way way(
      RouteDecision.Deliver route, @Nullable Passage limits, List<Diversion> diversions) {
    CallServices services = call.services();
    Invitation plain = invitations.apply(route);
    Invitation invitation =
        diversions.isEmpty()
            ? plain
            : new DivertedInvitation(plain, diversions, call.rules().defaultDomain());
    TargetPlan plan =
        new TargetPlan(route, services.locations(), services.trunks(), services.limits().branches())
            .only(invitation.device())
            .counting(services.counters())
            .through(limits)
            .judging();
    return new Way(route, plan, new BranchOffer(call, invitation), diversions);
  }

  /** The ways to follow a redirection on; none if it is not followed or leads nowhere new. */
  List<Way> follow(Way on, Branch branch, SipResponse response) {
    if (on.route().handling().redirect() != RedirectPolicy.FOLLOW
        || !Redirection.isRedirection(response.status())
        || on.diversions().size() >= MAX_DEPTH) {
      return List.of();
    }
    Party by = Redirection.redirecting(branch.candidate(), on.route().callee());
    called.add(by);
    List<Diversion> diversions = new ArrayList<>(on.diversions());
    diversions.addFirst(Diversion.of(by, response));
    List<Way> ways = new ArrayList<>();
    for (Party to : Redirection.parties(response, call.rules(), branch.flow())) {
      if (called.add(to)) {
        var facts = new MessageFacts(call.invite().request(), branch.flow());
        RouteDecision decision =
            Redirection.decide(call.rules(), branch.candidate(), first.caller(), to, facts);
        call.redirected(branch.candidate(), to, decision);
        if (decision instanceof RouteDecision.Deliver route) {
          ways.add(way(fromCaller(route), onBehalf(branch, route), diversions));
        }
      }
    }
    return ways;
  }

  private Passage onBehalf(Branch branch, RouteDecision.Deliver route) {
    CallSource by = Redirection.source(branch.candidate(), call.rules().trunks());
    return call.onBehalfOf(by, route.handling().urgency());
  }

  /** The call is still that of who called, whoever redirects it. */
  private RouteDecision.Deliver fromCaller(RouteDecision.Deliver route) {
    return route.withCaller(first.caller());
  }

  /** What the caller is told of a redirection that has failed the call; empty for nothing. */
  public List<String> passed(Failure failure) {
    SipResponse response = failure.response();
    if (response == null
        || !Redirection.isRedirection(failure.status())
        || first.handling().redirect() != RedirectPolicy.PASS) {
      return List.of();
    }
    SipRequest invite = call.invite().request();
    return Redirection.hidden(response, invite, call.rules(), call.invite().flow());
  }
}
