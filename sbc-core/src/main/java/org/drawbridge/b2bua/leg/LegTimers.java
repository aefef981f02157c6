package org.drawbridge.b2bua.leg;

import org.drawbridge.loop.Deadline;
import org.drawbridge.metrics.Limit;
import org.drawbridge.sip.dialog.AckWait;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one leg: a 2xx that waits for its ACK (RFC 3261 13.3.1.4) and the session timer
 * (RFC 4028). Used on the loop of its call only.
 */
public final class LegTimers {

  /** So many repeats of a 2xx, 1.5 s, are enough for an ACK to come from who is there. */
  private static final int REPEATS = 2;

  private final LegOwner call;
  private final Leg leg;
  private final SessionTimer session;
  private final Deadline sessionDeadline;
  private final Deadline ackDeadline;
  private @Nullable AckWait ackWait;
  private @Nullable ServerTransaction answered;
  private @Nullable Runnable afterAck;
  private boolean started;
  private int repeats;
  private boolean hasRequested;

  /** At the last check of whether the peer is still there. */
  private long packetsReceived;

  private boolean silent;

  LegTimers(LegOwner call, Leg leg, SessionTimer session) {
    this.call = call;
    this.leg = leg;
    this.session = session;
    var loop = call.services().loop();
    this.sessionDeadline = new Deadline(loop, session::nextDeadline, this::onSessionDue);
    this.ackDeadline = new Deadline(loop, this::nextAckDeadline, this::onAckDue);
  }

  private long now() {
    return call.services().loop().now();
  }

  // ---- session timer

  /** What was agreed on with the peer of how the session is refreshed (RFC 4028). */
  public SessionTimer session() {
    return session;
  }

  /** Puts what we want of the session timer into a request of ours. */
  void ask(MessageBuilder<SipRequest> request) {
    session.ask(request);
  }

  /** Settles the session timer in the 2xx to a request of the peer. */
  void accept(SipRequest request, MessageBuilder<SipResponse> success) {
    session.accept(request, success, now());
    start();
  }

  /** Settles the session timer by the 2xx to a request of ours. */
  void onSuccess(SipResponse success) {
    session.onSuccess(success, now());
    if (started) {
      sessionDeadline.reset();
    }
  }

  /** Lets the session timer run. */
  void start() {
    started = true;
    sessionDeadline.reset();
  }

  private void onSessionDue() {
    switch (session.step(now())) {
      case WAIT -> {}
      case REFRESH -> SessionRefresh.prolong(call, leg);
      case CHECK -> checkLiveness();
      case EXPIRED ->
          call.end(EndCause.here("The session of " + leg.name() + " was not refreshed in time"));
    }
  }

  /** Its media is as good as an answer. */
  private void checkLiveness() {
    long received = leg.media().stats().packetsReceived();
    if (received == packetsReceived) {
      new LivenessCheck(call, leg).start();
    } else {
      showedLife();
    }
    packetsReceived = received;
  }

  /** The peer has shown that it is there. */
  void showedLife() {
    silent = false;
  }

  /** The peer has not answered whether it is there. */
  void keptSilent() {
    silent = true;
  }

  /** Whether that is the last that is known. */
  boolean isSilent() {
    return silent;
  }

  void stopSession() {
    started = false;
    sessionDeadline.stop();
  }

  // ---- ACK

  /** A 2xx to an INVITE was sent. */
  void awaitAck(ServerTransaction transaction, SipResponse success) {
    answered = transaction;
    ackWait = new AckWait(success, TransactionSettings.DEFAULTS, now());
    ackDeadline.reset();
  }

  boolean isAwaitingAck() {
    return ackWait != null;
  }

  /** The peer has sent a request in the dialog, whose tags are told to who is there alone. */
  public void onRequest() {
    if (!hasRequested && repeats >= REPEATS) {
      leg.media().owesSign(false);
    }
    hasRequested = true;
  }

  /** Whether this ACK ends the wait, and so comes for the first time. */
  public boolean onAck(SipRequest ack) {
    onRequest();
    if (ackWait == null || !ackWait.onAck(ack)) {
      return false;
    }
    acknowledged();
    return true;
  }

  /** Runs something as soon as no ACK is owed, now if none is. */
  void whenAcked(Runnable task) {
    if (ackWait == null) {
      task.run();
    } else {
      afterAck = task;
    }
  }

  private void acknowledged() {
    ackWait = null;
    answered = null;
    ackDeadline.stop();
    Runnable task = afterAck;
    afterAck = null;
    if (task != null) {
      task.run();
    }
  }

  private long nextAckDeadline() {
    return ackWait == null ? Long.MAX_VALUE : ackWait.nextDeadline();
  }

  private void onAckDue() {
    if (ackWait == null || answered == null) {
      return;
    }
    switch (ackWait.step(now())) {
      case WAIT -> {}
      case SEND_AGAIN -> {
        answered.respond(ackWait.success());
        withhold();
      }
      case GIVE_UP -> {
        acknowledged();
        call.end(EndCause.here(leg.name() + " never acknowledged the answer"));
      }
    }
  }

  /** Whoever has called may not be who it says, nor want the media that it has sent to somebody. */
  private void withhold() {
    if (hasRequested || leg.isOurs()) {
      return;
    }
    repeats++;
    if (repeats == REPEATS) {
      leg.media().owesSign(true);
      call.services().counters().hit(Limit.UNACKNOWLEDGED_MEDIA);
    }
  }

  void stop() {
    stopSession();
    ackDeadline.stop();
    ackWait = null;
    afterAck = null;
  }
}
