package org.drawbridge.b2bua;

import java.util.List;
import java.util.Objects;
import org.drawbridge.b2bua.fork.JoinInvitation;
import org.drawbridge.b2bua.fork.Redirects;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.ReferRequest;
import org.drawbridge.policy.Referral;
import org.drawbridge.policy.Replies;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.TransferMode;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.grammar.Replaces;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** The transfers of one answered call, of which one at a time is on its way. */
final class Transfers implements Transfer.Owner {

  private final Call call;
  private final Renegotiation renegotiation;
  private final PassedRefers passed;
  private @Nullable Transfer current;
  private boolean referred;

  /** A question is open whether the far side can join two calls itself. */
  private boolean asking;

  /** Who is left alone hears our tone. */
  private boolean hearsTone;

  Transfers(Call call, Renegotiation renegotiation) {
    this.call = call;
    this.renegotiation = renegotiation;
    this.passed = new PassedRefers(call);
  }

  /** One of the parties asks us to call somebody for the other one. */
  void onRefer(Leg from, ServerTransaction transaction) {
    Leg remaining = call.other(from);
    if (remaining == null) {
      refuse(transaction, 403, "There is nobody to be transferred");
    } else if (mode(from) == TransferMode.REFUSE) {
      refuse(transaction, 603, "Transfers are not allowed here");
    } else if (isBusy() || remaining.isHungUp() || !remaining.media().isNegotiated()) {
      refuse(transaction, 491, "The call is being set up or transferred");
    } else {
      switch (ReferRequest.read(transaction.request())) {
        case ReferRequest.Reading.Unusable(int status, String words) ->
            refuse(transaction, status, words);
        case ReferRequest.Reading.Readable(ReferRequest refer) ->
            follow(from, remaining, transaction, refer);
      }
    }
  }

  /** A NOTIFY of a party. */
  void onNotify(Leg from, ServerTransaction notify) {
    passed.onNotify(from, notify);
  }

  /**
   * A trunk is bound by what it may do itself, everyone by what the route allows: so is a PBX,
   * which may send its own phones elsewhere.
   */
  private TransferMode mode(Leg from) {
    TransferMode ofRoute = call.handling().transfer();
    Trunk trunk = from.peer().trunk();
    if (trunk == null || ofRoute == TransferMode.REFUSE) {
      return ofRoute;
    }
    boolean isOfPhone = trunk.care().upstream() && ofRoute == TransferMode.PASS;
    return isOfPhone ? TransferMode.PASS : trunk.rights().transfer();
  }

  private static void refuse(ServerTransaction transaction, int status, String words) {
    transaction.respond(Replies.refuse(transaction.request(), status, words));
  }

  private void follow(Leg from, Leg remaining, ServerTransaction transaction, ReferRequest refer) {
    boolean isPassed = mode(from) == TransferMode.PASS;
    Replaces other = refer.replaces();
    if (other == null && isPassed) {
      passed.pass(wish(from, transaction, refer), remaining, refer.target());
    } else if (other == null) {
      call(from, remaining, transaction, refer);
    } else if (isOwn(other)) {
      refuse(transaction, 403, "A call cannot be joined with itself");
    } else if (isPassed && remaining.peer().trunk() != null) {
      passJoin(from, remaining, transaction, refer);
    } else {
      join(from, remaining, transaction, refer);
    }
  }

  private PassedRefers.Wish wish(Leg from, ServerTransaction transaction, ReferRequest refer) {
    String event = event(transaction.request());
    return new PassedRefers.Wish(from, transaction, refer.silent(), event);
  }

  /**
   * Joins this call with another. Where one trunk has the other side of both, as the PBX of a phone
   * does, it joins them itself, since it is to know who talks to whom; what it does not take is
   * done here.
   */
  private void passJoin(
      Leg from, Leg remaining, ServerTransaction transaction, ReferRequest refer) {
    asking = true;
    Runnable otherwise =
        () -> {
          if (isReady(from, remaining, transaction)) {
            join(from, remaining, transaction, refer);
          }
        };
    FarSide.ask(
        from,
        remaining,
        Objects.requireNonNull(refer.replaces()),
        referTo -> {
          asking = false;
          if (referTo == null) {
            otherwise.run();
          } else if (isReady(from, remaining, transaction)) {
            passed.passJoin(wish(from, transaction, refer), remaining, referTo, otherwise);
          }
        });
  }

  /** Whether a transfer is still to be made; one that is not is refused. */
  private boolean isReady(Leg from, Leg remaining, ServerTransaction transaction) {
    boolean isHere = call.isTalking() && call.has(from) && call.has(remaining);
    if (isHere && current == null) {
      return true;
    }
    if (isHere) {
      refuse(transaction, 491, "The call is being transferred");
    } else {
      refuse(transaction, 481, "The call has ended");
    }
    return false;
  }

  /** Joins the other side of another call with that of this one, here. */
  private void join(Leg from, Leg remaining, ServerTransaction transaction, ReferRequest refer) {
    if (call.isDirect()) {
      refuse(transaction, 488, "Calls are joined only where their media passes here");
      return;
    }
    RouteDecision.Deliver route = JoinInvitation.route(call.handling());
    var other = new Candidate.Dialog(Objects.requireNonNull(refer.replaces()), from.peer().label());
    start(
        from,
        transaction,
        refer,
        JoinInvitation.way(call, remaining, from.line().known(), other, route));
  }

  private boolean isOwn(Replaces replaces) {
    Leg named = call.legs().find(replaces);
    return named != null && named.call() == call;
  }

  /** Whether one is on its way. */
  boolean isBusy() {
    return current != null || asking;
  }

  /** A call of somebody else, by the rules for the one who transfers. */
  private void call(Leg from, Leg remaining, ServerTransaction transaction, ReferRequest refer) {
    NameAddr referrer = from.peer().address(from.dialog().remote().withoutTag());
    CallSource source = from.peer().source(from.flow());
    Referral referral = referral(from, source, referrer, transaction.request(), refer.target());
    switch (referral.decision()) {
      case RouteDecision.Refuse(int status, String reason, String route) ->
          refuse(transaction, status, reason + " (route " + route + ")");
      case RouteDecision.Deliver route ->
          start(
              from,
              transaction,
              refer,
              new Redirects(
                  call,
                  route,
                  call.seats().onBehalfOf(source, route.handling().urgency()),
                  next -> new ReferInvitation(referral, next, remaining, referrer)));
    }
  }

  private Referral referral(
      Leg from, CallSource source, NameAddr referrer, SipRequest refer, Uri target) {
    Referral.Parties parties = new Referral.Parties(referrer, from.dialog().local().withoutTag());
    Referral returned =
        Referral.returned(
            call.rules(), from.flow(), source, parties, refer, target, call.handling());
    return returned == null
        ? Referral.decide(
            call.rules(), from.flow(), source, parties, refer, target, call.services().locations())
        : returned;
  }

  private void start(
      Leg from, ServerTransaction transaction, ReferRequest refer, Redirects redirects) {
    ReferNotifier.accept(from, transaction, refer.silent());
    ReferNotifier notifier = new ReferNotifier(from, event(transaction.request()), refer.silent());
    Transfer transfer = new Transfer(this, call, from, notifier, redirects);
    current = transfer;
    call.events().transferring(call, from, refer.target());
    transfer.start();
  }

  /** The first subscription needs no id, each later one has its CSeq number (RFC 3515 2.4.6). */
  private String event(SipRequest refer) {
    String event = referred ? "refer;id=" + refer.cseq().seq() : "refer";
    referred = true;
    return event;
  }

  @Override
  public void onRinging(Transfer transfer) {
    ringBack(transfer);
  }

  /** Whom nobody talks to any more hears that it rings, rather than nothing. */
  private void ringBack(Transfer transfer) {
    boolean isLeftAlone = !call.has(transfer.referrer()) && !call.isDirect();
    if (isLeftAlone && transfer.isRinging() && !hearsTone) {
      hearsTone = true;
      call.media().play(call.all().getFirst().media(), Prompt.tone("ringback", Prompt.ENDLESS));
    }
  }

  @Override
  public void onTransferred(Transfer transfer, Leg target) {
    current = null;
    if (hearsTone) {
      hearsTone = false;
      call.media().quiet(call.all().getFirst().media());
    }
    Leg referrer = transfer.referrer();
    if (call.has(referrer)) {
      call.leave(referrer);
      transfer.notifier().end(200, () -> part(referrer));
    }
    boolean isOther = call.fill(target);
    call.handle(transfer.route().handling());
    target.startTimers();
    call.seats().talk();
    call.events().transferred(call, target);
    renegotiation.onJoined(target, isOther);
    renegotiation.align(target); // the other side may have changed since what it was offered
    Circle.breakUp(call);
  }

  /** A leg that was transferred away is hung up on once it knows. */
  private static void part(Leg leg) {
    if (leg.isHungUp()) {
      leg.close();
    } else {
      leg.hangUp(List.of(), leg::close);
    }
  }

  @Override
  public void onFailed(Transfer transfer, Failure failure, int status) {
    current = null;
    call.events().transferFailed(call, status, failure.report());
    if (call.has(transfer.referrer())) {
      transfer.notifier().end(status, () -> {});
    } else {
      call.end(EndCause.ofStatus(status, "The transfer failed: " + failure.words()));
    }
  }

  /** Another call takes the place of a party, which is hung up. */
  void replace(Leg replaced, Leg joining) {
    call.leave(replaced);
    part(replaced);
    boolean isOther = call.fill(joining);
    call.events().transferred(call, joining);
    renegotiation.onJoined(joining, isOther);
  }

  /**
   * The peer of this leg has hung up or is gone.
   *
   * @return whether the call goes on without it, since it is transferring the other party
   */
  boolean goesOnWithout(Leg leg) {
    Transfer transfer = current;
    if (transfer == null || transfer.referrer() != leg) {
      return false;
    }
    transfer.notifier().stop();
    call.leave(leg);
    leg.close();
    ringBack(transfer);
    return true;
  }

  /** The call ends: the target is not called any more. */
  void abandon(EndCause cause) {
    if (current != null) {
      Transfer transfer = current;
      current = null;
      transfer.giveUp(cause.reasons().isEmpty() ? null : String.join(", ", cause.reasons()));
      transfer.notifier().end(487, () -> {});
    }
  }
}
