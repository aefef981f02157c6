package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A call that rings: one stage of candidates after the other, until one answers or none is left.
 */
final class Setup implements Phase, Stage.Owner {

  private final Call call;
  private final RouteDecision.Deliver route;
  private final TargetPlan plan;
  private final BranchOffer offer;
  private final CallerProgress progress;
  private final Failures failures = new Failures();
  private @Nullable Stage stage;

  Setup(Call call, RouteDecision.Deliver route, TargetPlan plan, BranchOffer offer) {
    this.call = call;
    this.route = route;
    this.plan = plan;
    this.offer = offer;
    this.progress = new CallerProgress(call);
  }

  /** Tries the first candidates. */
  void start() {
    tryNext(plan.first());
  }

  private void tryNext(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      fail();
    } else if (candidates.getFirst() instanceof Candidate.Service service) {
      serve(service);
    } else {
      call.events().route(call, route.route(), candidates);
      stage = new Stage(this);
      stage.start(call.services(), candidates, offer, route.ringTimeout().toMillis());
    }
  }

  @Override
  public void onProgress(Branch branch, SipResponse response, boolean alone) {
    progress.relay(branch, response, alone);
  }

  @Override
  public void onStageFailed(Failures ofStage, boolean noAnswer) {
    failures.addAll(ofStage);
    List<Candidate> next = plan.next(ofStage.best(), noAnswer);
    if (!next.isEmpty()) {
      call.events().passedOver(call, ofStage.best());
    }
    tryNext(next);
  }

  private void fail() {
    if (failures.isEmpty()) {
      failures.add(plan.emptiness());
    }
    refuse(failures.best(), failures.isSingle());
  }

  private void refuse(Failure failure, boolean alone) {
    int status = failure.statusForCaller(alone);
    var response = call.caller().response(call.invite().request(), status);
    failure.describe(response, status);
    call.invite().respond(response.build());
    call.events().failed(call, status, failure.words());
    call.over();
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    Leg callee = winner.leg();
    callee.ack(null);
    switch (negotiate(callee, Sdp.of(response))) {
      case AnswerOutcome.Answer(String sdp) -> connect(callee, sdp);
      case AnswerOutcome.Refused(int status, String reason) -> {
        UnwantedAnswer.hangUp(callee, reason);
        refuse(Failure.ofStatus(status, reason), true);
      }
    }
  }

  private AnswerOutcome negotiate(Leg callee, @Nullable String sdp) {
    if (sdp == null && !callee.media().isNegotiated()) {
      return new AnswerOutcome.Refused(
          502, "The called side answered without a session description");
    }
    if (sdp != null
        && callee.media().receiveAnswer(sdp)
            instanceof SdpOutcome.Refused(int status, String reason)) {
      return new AnswerOutcome.Refused(statusForBadAnswer(status), reason);
    }
    return call.isLateOffer()
        ? new AnswerOutcome.Answer(call.caller().media().makeOffer(callee.media()))
        : progress.answerFrom(callee.media());
  }

  /** What the called side wrote wrongly is no mistake of the caller's request. */
  private static int statusForBadAnswer(int status) {
    return status == 400 ? 502 : status;
  }

  private void connect(Leg callee, String sdp) {
    call.join(callee);
    if (!call.isLateOffer()) {
      call.media().bridge(call.caller().media(), callee.media());
    }
    answer(sdp);
  }

  private void serve(Candidate.Service service) {
    if (!service.name().equals("echo")) {
      refuse(Failure.ofStatus(404, "There is no service " + service.name()), true);
      return;
    }
    call.events().route(call, route.route(), List.of(service));
    AnswerOutcome outcome =
        call.isLateOffer()
            ? new AnswerOutcome.Answer(call.caller().media().makeOffer(null))
            : call.caller().media().makeAnswer(null);
    switch (outcome) {
      case AnswerOutcome.Answer(String sdp) -> {
        if (!call.isLateOffer()) {
          call.media().echo(call.caller().media());
        }
        answer(sdp);
      }
      case AnswerOutcome.Refused(int status, String reason) ->
          refuse(Failure.ofStatus(status, reason), true);
    }
  }

  private void answer(String sdp) {
    Talk talk = new Talk(call, progress.mustRealign());
    call.become(talk);
    call.events().answered(call);
    talk.start(sdp);
  }

  @Override
  public void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel) {
    giveUp(HeaderPolicy.reasons(cancel));
    terminate(487, "The caller gave up");
  }

  @Override
  public void onBye(Leg leg, SipRequest bye) {
    giveUp(HeaderPolicy.reasons(bye));
    terminate(487, "The caller hung up");
  }

  @Override
  public void onEnd(EndCause cause) {
    giveUp(cause.reasons());
    terminate(480, cause.words());
  }

  private void giveUp(List<String> reasons) {
    if (stage != null) {
      stage.giveUp(reasons.isEmpty() ? null : reasons.getFirst());
    }
  }

  private void terminate(int status, String words) {
    var response = call.caller().response(call.invite().request(), status);
    Replies.explain(response, status, words);
    call.invite().respond(response.build());
    call.events().cancelled(call, status, words);
    call.over();
  }

  @Override
  public void onRequest(Leg leg, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (request.method() == Method.UPDATE && request.bodyLength() == 0
        || request.method() == Method.OPTIONS) {
      transaction.respond(leg.response(request, 200).build());
    } else {
      transaction.respond(Replies.refuse(request, 500, "The call is not answered yet"));
    }
  }

  @Override
  public void onAck(Leg leg, SipRequest ack) {
    // Nothing has been answered that an ACK could belong to.
  }

  @Override
  public void onMedia(MediaEvent event) {
    if (event instanceof MediaEvent.Failed(var leg, String reason)
        && leg == call.caller().media()) {
      call.end(EndCause.here("Media of the caller failed: " + reason));
    }
  }
}
