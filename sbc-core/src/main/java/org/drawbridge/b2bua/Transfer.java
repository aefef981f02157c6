package org.drawbridge.b2bua;

import org.drawbridge.b2bua.fork.Attempt;
import org.drawbridge.b2bua.fork.Branch;
import org.drawbridge.b2bua.fork.Hunt;
import org.drawbridge.b2bua.fork.Redirects;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * One transfer on its way (RFC 3515, RFC 5589 section 6): the target is called while the two
 * parties still have each other; when it answers, it takes the place of the one that transfers,
 * when it does not, nothing has changed. Who transfers may hang up at any time.
 */
final class Transfer implements Attempt.Owner {

  /** What a transfer tells: of its end once. */
  interface Owner {
    /** The target rings; may be told again. */
    void onRinging(Transfer transfer);

    /** The target has answered; its dialog is acknowledged and its media negotiated. */
    void onTransferred(Transfer transfer, Leg target);

    /** The target was not reached. */
    void onFailed(Transfer transfer, Failure failure, int status);
  }

  private final Owner owner;
  private final Call call;
  private final Leg referrer;
  private final ReferNotifier notifier;
  private final RouteDecision.Deliver route;
  private final Hunt hunt;
  private boolean ringing;

  Transfer(Owner owner, Call call, Leg referrer, ReferNotifier notifier, Redirects redirects) {
    this.owner = owner;
    this.call = call;
    this.referrer = referrer;
    this.notifier = notifier;
    this.route = redirects.route();
    int breadth = Breadth.of(call.invite().request());
    this.hunt = new Hunt(call, this, redirects, breadth);
  }

  /** Who transfers. */
  Leg referrer() {
    return referrer;
  }

  /** Whether the target rings. */
  boolean isRinging() {
    return ringing;
  }

  ReferNotifier notifier() {
    return notifier;
  }

  RouteDecision.Deliver route() {
    return route;
  }

  /** Calls the first candidates. */
  void start() {
    notifier.progress(100);
    hunt.start();
  }

  /** Takes the call of the target back; nothing more is told. */
  void giveUp(@Nullable String reason) {
    hunt.giveUp(reason);
  }

  private void fail(Failure failure, boolean alone) {
    owner.onFailed(this, failure, failure.statusForCaller(alone));
  }

  @Override
  public void onProgress(Branch branch, SipResponse response, boolean alone) {
    if (response.status() >= 180) {
      ringing = true;
      notifier.progress(response.status());
      owner.onRinging(this);
    }
  }

  @Override
  public void onFailed(Failures failures, boolean noAnswer) {
    fail(failures.best(), failures.isSingle());
  }

  @Override
  public void onService(Candidate.Service service) {
    fail(Failure.ofStatus(403, service.label() + " takes no transferred calls"), true);
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    Leg target = winner.leg();
    target.ack();
    target.line().hear(response);
    String refusal = take(target, winner.description(response));
    if (refusal == null) {
      owner.onTransferred(this, target);
    } else {
      UnwantedAnswer.hangUp(target, refusal);
      call.media().release(target.media());
      fail(Failure.ofStatus(488, refusal), true);
    }
  }

  private static @Nullable String take(Leg target, @Nullable String sdp) {
    if (sdp == null) {
      return target.media().isNegotiated()
          ? null
          : "The target answered without a session description";
    }
    return target.receiveAnswer(sdp);
  }
}
