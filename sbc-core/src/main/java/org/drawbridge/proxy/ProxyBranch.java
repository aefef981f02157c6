package org.drawbridge.proxy;

import org.drawbridge.loop.Timer;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Reasons;
import org.drawbridge.proxy.media.AskedSession;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.OutgoingRequest;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ResponsePath;
import org.drawbridge.sip.transaction.RetryAfter;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/** One copy of a request on its way. Tells its owner of what comes back; fails at most once. */
final class ProxyBranch implements ResponseListener {

  /**
   * How long a device that has refused an INVITE over UDP still knows it (timer I, RFC 3261 section
   * 17.2.1), and the way there, in ms.
   */
  private static final long FORGETS_MILLIS = 5_500;

  /** What a branch tells. */
  interface Owner {
    /** A provisional response other than 100. */
    void onProgress(SipResponse response, Hop by);

    /** A 2xx, the first one or a further one. */
    void onSuccess(ProxyBranch branch, SipResponse response, Hop by);

    /** It failed, by a response or without. */
    void onFailed(ProxyBranch branch, Failure failure);
  }

  private final Owner owner;
  private final Hop hop;
  private final CallServices services;
  private final ResponsePath responses;
  private final boolean inDialog;
  private @Nullable ClientTransaction transaction;
  private @Nullable Timer waiting;
  private boolean heard;
  private boolean progressed;

  /** Whether it rang for the request that was sent last. */
  private boolean rang;

  /** Whether it has refused media in a form, and taken the next offer for a copy of that INVITE. */
  private boolean offeredAgain;

  private boolean merged;
  private boolean over;
  private boolean givenUp;

  /**
   * A branch that has not begun.
   *
   * @param server the request that is passed on
   */
  ProxyBranch(Owner owner, Hop hop, CallServices services, ServerTransaction server) {
    this.owner = owner;
    this.hop = hop;
    this.services = services;
    this.responses = server.responses();
    this.inDialog = server.request().toTag() != null;
  }

  /** Begins; the owner may hear of a failure before this returns. */
  void start() {
    hop.obtain(this::onFlow);
  }

  private void onFlow(FlowResult result) {
    if (over) {
      return;
    }
    switch (result) {
      case FlowResult.Obtained(Flow flow) -> {
        OutgoingRequest request = hop.request(flow);
        hop.carrier(
            flow,
            request.length(),
            carrier -> send(carrier == flow ? request : hop.request(carrier), carrier));
      }
      case FlowResult.Unreachable(String reason) -> fail(hop.unreachable(reason));
    }
  }

  private void send(OutgoingRequest request, Flow flow) {
    if (over) {
      return;
    }
    transaction = services.transactions().send(request, inDialog, flow, this);
    if (hop.silence() > 0) {
      waiting = services.loop().schedule(hop.silence(), this::onSilence);
    }
  }

  private void onSilence() {
    ClientTransaction sent = transaction;
    if (sent != null && !over) {
      sent.cancel(null);
      hop.broke();
      failOrGoOn(Failure.timeout());
    }
  }

  /** Whether it was taken back, or is waited for no longer. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** Whom it is for. */
  String label() {
    return hop.label();
  }

  /**
   * Takes it back because the sender does (RFC 3261 section 16.10). What has become of it the other
   * side has to say, which may be answering just now: then both have a call. One that has not been
   * heard of gets no CANCEL before it is, and no longer than it may keep silent.
   */
  void cancel(@Nullable String reason, Failure unsent) {
    if (over || givenUp) {
      return;
    }
    givenUp = true;
    ClientTransaction sent = transaction;
    if (sent == null) {
      fail(unsent);
    } else {
      hop.follow(sent);
      sent.cancel(reason);
    }
  }

  /**
   * Waits for it no longer: its failure still comes if the other side has shown that it is there;
   * else it comes at once (RFC 3261 section 16.8). Within a dialog the other side is there, and its
   * answer counts until it has said what became of the request: a session that it has changed by
   * then is changed for both.
   */
  void giveUp(@Nullable String reason, Failure otherwise) {
    if (over || givenUp) {
      return;
    }
    givenUp = true;
    stopWaiting();
    ClientTransaction sent = transaction;
    if (sent != null) {
      hop.follow(sent);
      sent.cancel(reason);
    }
    if (!heard && (sent == null || !inDialog)) {
      fail(otherwise);
    }
  }

  @Override
  public void onResponse(ClientTransaction from, SipResponse response) {
    if (response.isSuccess()) {
      ClientTransaction later = transaction;
      if (later != null && later != from) {
        later.cancel(Reasons.ELSEWHERE);
      }
      over = true;
      stopWaiting();
      AskedSession session = hop.session();
      owner.onSuccess(this, session.told(response), hop);
      hop.answered();
      from.settle(new FurtherSuccesses(responses, session, hop.rewriting()));
    } else if (from == transaction) {
      stopWaiting();
      if (response.isFinal()) {
        if (hop.isForked() && response.cseq().method() == Method.INVITE) {
          from.expectLateAnswer(this);
        }
        onRefused(response);
      } else {
        onProvisional(response);
      }
    }
  }

  private void onProvisional(SipResponse response) {
    heard = true;
    if (response.status() != 100) {
      progressed = true;
      rang = true;
      owner.onProgress(response, hop);
    }
  }

  private void onRefused(SipResponse response) {
    if (response.status() == 503) {
      hop.failed(RetryAfter.of(response));
      failOrGoOn(Failure.of(response));
    } else if (!inDialog && DeviceFlows.isFlowFailure(response.status())) {
      hop.flowFailed();
      failOrGoOn(Failure.ofStatus(480, "The way to the called device is gone"));
    } else if (!givenUp && hop.offerRefused(response.status(), rang)) {
      offeredAgain = true;
      goOn();
    } else if (response.status() == 482 && offeredAgain && !merged && !givenUp) {
      awaitForgetting();
    } else {
      fail(Failure.of(response));
    }
  }

  /**
   * An offer in another form has the Call-ID and CSeq of the one that was refused, as a proxy can
   * change neither. A device that still knows that one takes it for a copy that came another way
   * (section 8.2.2.2), and is asked once more when it has forgotten.
   */
  private void awaitForgetting() {
    merged = true;
    transaction = null;
    heard = false; // nothing is on its way that would end this if it is given up
    waiting = services.loop().schedule(FORGETS_MILLIS, this::goOn);
  }

  @Override
  public void onFailure(ClientTransaction from, TransactionFailure failure) {
    if (from != transaction) {
      return;
    }
    stopWaiting();
    Failure words = Failure.unanswered(failure, hop.label());
    switch (failure) {
      case TIMEOUT -> broke(words);
      case FLOW_CLOSED -> {
        if (hop.mayReturn() && !givenUp) {
          transaction = null;
          heard = false;
          awaitReturn(words, services.limits().leftGraceMillis());
        } else {
          broke(words);
        }
      }
      case OVERLOADED -> fail(words);
    }
  }

  private void broke(Failure words) {
    hop.broke();
    failOrGoOn(words);
  }

  /**
   * A device that has changed networks while it rang, or whose page was loaded anew, signs in again
   * within seconds. Its INVITE then makes another early dialog, as one that was forked does.
   */
  private void awaitReturn(Failure words, long millisLeft) {
    waiting = null;
    hop.flowClosed();
    if (hop.hasNext()) {
      hop.obtain(this::onFlow);
    } else if (millisLeft <= 0) {
      fail(words);
    } else {
      long pause = Math.min(millisLeft, DeviceFlows.RETURN_MILLIS);
      waiting = services.loop().schedule(pause, () -> awaitReturn(words, millisLeft - pause));
    }
  }

  /** Another way is tried only while the sender cannot have heard of this one. */
  private void failOrGoOn(Failure failure) {
    if (over || givenUp || progressed || !hop.hasNext()) {
      fail(failure);
    } else {
      goOn();
    }
  }

  private void goOn() {
    waiting = null;
    transaction = null;
    heard = false;
    rang = false;
    hop.obtain(this::onFlow);
  }

  private void stopWaiting() {
    if (waiting != null) {
      waiting.cancel();
      waiting = null;
    }
  }

  private void fail(Failure failure) {
    if (!over) {
      over = true;
      stopWaiting();
      owner.onFailed(this, failure.by(hop.label()));
    }
  }
}
