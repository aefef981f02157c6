package org.drawbridge.proxy;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.b2bua.CallServices;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.HeaderEdits;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Paths;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TargetedRequest;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * One request outside a dialog on its way: to all candidates of a stage at once, the first 2xx
 * answers the sender, and when all have failed the next stage has its turn.
 */
final class RelayedMessage implements ResponseListener {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.message");

  /**
   * Shorter than the sender's timer F, so that it gets an answer of ours rather than none (RFC
   * 4320).
   */
  private static final long ANSWER_MILLIS = 25_000;

  private final CallServices services;
  private final ServerTransaction message;
  private final Admitted admitted;
  private final RouteDecision.Deliver route;
  private final TargetPlan plan;
  private final Failures all = new Failures();
  private Failures ofStage = new Failures();
  private int pending;
  private boolean isEndToEnd;
  private @Nullable Timer timer;

  RelayedMessage(
      CallServices services,
      ServerTransaction message,
      Admitted admitted,
      RouteDecision.Deliver route,
      TargetPlan plan) {
    this.services = services;
    this.message = message;
    this.admitted = admitted;
    this.route = route;
    this.plan = plan;
  }

  void start() {
    timer = services.loop().schedule(ANSWER_MILLIS, this::onLate);
    tryNext(plan.first());
  }

  private void tryNext(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      if (all.isEmpty()) {
        all.add(plan.emptiness());
      }
      fail(all.best(), all.isSingle());
      return;
    }
    ofStage = new Failures();
    pending = candidates.size();
    candidates.forEach(this::send);
  }

  private void send(Candidate candidate) {
    switch (candidate) {
      case Candidate.Contact(var binding) -> {
        Flow flow = services.flows().find(binding.flow());
        if (flow == null || !flow.isOpen()) {
          services.locations().flowFailed(binding);
          onFailed(Failure.ofStatus(480, "The connection to the account is gone"));
        } else {
          send(candidate, flow);
        }
      }
      case Candidate.TrunkHost host ->
          TargetedRequest.send(
              services.loop(),
              services.transactions(),
              services.flows(),
              Outgoing.destination(host.trunk(), host.host()),
              new TargetedRequest.Sending(
                  _ -> request(candidate),
                  host.trunk().tryTimeout().toMillis(),
                  TrunkChallenge.before(
                      services.transactions(),
                      candidate,
                      Identities.isHome(admitted.source(), candidate),
                      this),
                  reason -> onUnreachable(candidate, reason)));
      case Candidate.Dialog dialog ->
          onFailed(Failure.ofStatus(405, dialog.label() + " takes no messages"));
      case Candidate.Service service ->
          onFailed(Failure.ofStatus(405, service.label() + " takes no such request"));
    }
  }

  private void onUnreachable(Candidate candidate, String reason) {
    onFailed(Failure.unreachable(candidate.label() + " cannot be reached: " + reason));
  }

  private void send(Candidate candidate, Flow flow) {
    if (!message.isAnswered()) {
      services.transactions().send(request(candidate), flow, this);
    }
  }

  private SipRequest request(Candidate candidate) {
    SipRequest original = message.request();
    Identities identities = Identities.of(original, admitted, route, candidate);
    isEndToEnd = identities.isEndToEnd();
    MessageBuilder<SipRequest> out =
        Outgoing.request(original, identities, services.callIds().get());
    MethodHeaders.pass(original, out);
    HeaderPolicy.passBody(original, out);
    HeaderEdits.apply(route.changes(), candidate, original, out);
    return Paths.along(candidate, services.trunks(), out.build());
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      onFailed(isEndToEnd ? Failure.ofHome(response) : Failure.of(response));
    } else if (!message.isAnswered()) {
      MessageBuilder<SipResponse> out = Replies.start(message.request(), response.status());
      MethodHeaders.pass(message.request().method(), response, out);
      answer(response.status(), "delivered", out);
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    onFailed(
        failure == TransactionFailure.TIMEOUT
            ? Failure.timeout()
            : Failure.unreachable("The connection broke"));
  }

  private void onFailed(Failure failure) {
    ofStage.add(failure);
    pending--;
    if (pending == 0 && !message.isAnswered()) {
      all.addAll(ofStage);
      tryNext(plan.next(ofStage.best(), false));
    }
  }

  private void onLate() {
    if (!message.isAnswered()) {
      fail(Failure.ofStatus(480, "Nobody answered the request in time"), true);
    }
  }

  private void fail(Failure failure, boolean alone) {
    int shown = failure.statusForCaller(alone);
    // 408 may not be given to a request other than INVITE (RFC 4320).
    int status = shown == 408 ? 480 : shown;
    MessageBuilder<SipResponse> out = Replies.start(message.request(), status);
    failure.describe(out, status);
    answer(status, failure.words(), out);
  }

  private void answer(int status, String words, MessageBuilder<SipResponse> out) {
    if (timer != null) {
      timer.cancel();
    }
    LOG.info(
        "message.done call-id={} method={} route={} status={} reason=\"{}\"",
        message.request().callId(),
        message.request().methodToken(),
        route.route(),
        status,
        words);
    message.respond(out.build());
  }
}
