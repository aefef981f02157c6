package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.DeadDialog;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Failure;
import org.jspecify.annotations.Nullable;

/** A re-INVITE of our own, which brings one side in line with what the other has agreed to. */
final class OwnOffer extends ReInvite {

  private static final int MAX_ATTEMPTS = 5;

  /**
   * After a 491, the owner of the Call-ID waits longer than the other (RFC 3261 section 14.1), ms.
   */
  private static final long OWNER_WAIT = 2_100;

  private static final long OTHER_WAIT = 1_000;

  private final Call call;
  private final Renegotiation renegotiation;
  private final Leg leg;
  private int attempts;

  OwnOffer(Call call, Renegotiation renegotiation, Leg leg) {
    super(leg);
    this.call = call;
    this.renegotiation = renegotiation;
    this.leg = leg;
  }

  void start() {
    if (!(call.phase() instanceof Talk) || !call.has(leg)) {
      return;
    }
    if (!leg.isIdle()) {
      retry();
      return;
    }
    attempts++;
    MediaLeg source = call.mediaAcross(leg);
    if (leg.media().canOffer(source)) {
      offer(source);
    } // Else the other side has hung up after a transfer: who takes its place brings an offer.
  }

  private void retry() {
    if (attempts < MAX_ATTEMPTS) {
      attempts++;
      long wait = leg.isOurs() ? OWNER_WAIT : OTHER_WAIT;
      call.services().loop().schedule(wait, this::start);
    }
  }

  @Override
  void onAccepted(@Nullable String answer) {
    if (!(call.phase() instanceof Talk)) {
      return;
    }
    leg.idle();
    renegotiation.onAnswered(leg);
    if (leg.receiveAnswer(answer) == null) {
      renegotiation.connect();
    } else {
      leg.media().rollback();
    }
  }

  @Override
  void onRefused(Failure failure) {
    if (!(call.phase() instanceof Talk)) {
      return;
    }
    leg.media().rollback();
    leg.idle();
    if (DeadDialog.isToldBy(failure)) {
      call.end(EndCause.forgotten(leg));
    } else if (failure.status() == 491) {
      retry();
    }
  }
}
