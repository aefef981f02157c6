package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.DeadDialog;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * One side's offer on its way to the other: a re-INVITE there, whose outcome answers the request
 * here. A refusal leaves both sides as they were.
 */
final class RelayedOffer extends ReInvite {

  /** Shorter than timer F of who sent an UPDATE, which has to be answered soon (RFC 3311 5.2). */
  private static final long UPDATE_MILLIS = 25_000;

  private final Call call;
  private final Renegotiation renegotiation;
  private final Leg from;
  private final Leg to;
  private final ServerTransaction request;
  private @Nullable Timer late;
  private boolean begun;
  private boolean dropped;

  RelayedOffer(
      Call call, Renegotiation renegotiation, Leg from, Leg to, ServerTransaction request) {
    super(to);
    this.call = call;
    this.renegotiation = renegotiation;
    this.from = from;
    this.to = to;
    this.request = request;
  }

  void start() {
    from.answering(request);
    if (request.request().method() == Method.UPDATE) {
      late = call.services().loop().schedule(UPDATE_MILLIS, this::onLate);
    }
    proceed();
  }

  /**
   * Asks the other side, unless it has yet to acknowledge our answer to its INVITE, which mostly is
   * on its way (RFC 5407): then as soon as it has. Whoever leaves the call meanwhile neither asks
   * nor is asked.
   */
  void proceed() {
    boolean isDecidable = begun ? call.has(to) : call.has(from) && call.has(to);
    if (!isDecidable) {
      dropped = begun; // what the one who left says to it concerns nobody
      decided();
      refuse(Failure.ofStatus(491, "The other side has left the call"));
    } else if (!begun && to.isIdle()) {
      begun = true;
      offer(from.media());
    }
  }

  /** Only the phone has the password, should its PBX ask for that again. */
  @Override
  void complete(MessageBuilder<SipRequest> invite) {
    if (isForHome()) {
      Outgoing.passCredentials(request.request(), invite);
    }
  }

  @Override
  Failure failure(SipResponse refusal) {
    return isForHome() ? Failure.ofHome(refusal) : super.failure(refusal);
  }

  /** A digest covers the method, so that for an UPDATE proves nothing of an INVITE. */
  private boolean isForHome() {
    return request.request().method() == Method.INVITE && to.peer().isHomeOf(from.peer());
  }

  private void onLate() {
    from.refuse(request, Failure.ofStatus(504, "The other side has not decided yet"));
    withdraw();
  }

  private void withdraw() {
    if (begun) {
      takeBack();
    } else {
      decided();
      from.media().rollback();
      from.idle();
    }
  }

  /** Whether it waits for an answer to this leg. */
  boolean isOf(Leg leg) {
    return leg == from && !request.isAnswered();
  }

  /** The sender takes it back. */
  void cancel() {
    from.refuse(request, 487, "The change was taken back");
    withdraw();
  }

  @Override
  void onAccepted(@Nullable String answer) {
    if (dropped) {
      return;
    }
    decided();
    if (call.phase() instanceof Ending) {
      return;
    }
    to.idle();
    String refusal = to.receiveAnswer(answer);
    if (refusal != null) {
      to.media().rollback();
      refuse(Failure.ofStatus(488, refusal));
      renegotiation.offerTo(to);
    } else if (request.isAnswered()) {
      undo();
    } else {
      renegotiation.showTo(from, to);
      renegotiation.answer(from, request);
    }
  }

  /** The other side has agreed to what was taken back meanwhile. */
  private void undo() {
    from.media().rollback();
    from.idle();
    renegotiation.offerTo(to);
  }

  @Override
  void onRefused(Failure failure) {
    if (dropped) {
      return;
    }
    decided();
    if (call.phase() instanceof Ending) {
      return;
    }
    to.media().rollback();
    to.idle();
    refuse(failure);
    if (DeadDialog.isToldBy(failure)) {
      call.end(EndCause.forgotten(to));
    }
  }

  private void refuse(Failure failure) {
    from.media().rollback();
    if (!request.isAnswered()) {
      from.refuse(request, failure);
    }
    from.idle();
  }

  private void decided() {
    renegotiation.onDecided();
    if (late != null) {
      late.cancel();
    }
  }
}
