package org.drawbridge.b2bua;

import java.util.List;
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
  private @Nullable Leg answered;
  private @Nullable String answer;

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
    plan.skipped().forEach(why -> call.events().skipped(call, why));
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
    progress.forget();
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
    finish();
    call.invite().respond(response.build());
    call.events().failed(call, status, failure.words());
    call.over();
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    Leg callee = winner.leg();
    callee.ack(null);
    call.legs().add(callee);
    answered = callee;
    answer = winner.description(response);
    proceed();
  }

  /** Answers the caller as soon as nothing is open that its 2xx has to wait for. */
  private void proceed() {
    Leg callee = answered;
    if (callee == null || call.ringing().delaysSuccess()) {
      return;
    }
    answered = null;
    switch (Settlement.of(call, progress, callee, answer)) {
      case Settlement.Agreed(String sdp) -> connect(callee, sdp);
      case Settlement.Refused(int status, String reason) -> {
        UnwantedAnswer.hangUp(callee, reason);
        refuse(Failure.ofStatus(status, reason), true);
      }
    }
  }

  private void connect(Leg callee, @Nullable String sdp) {
    call.join(callee);
    if (call.caller().media().isNegotiated()) {
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
    Settlement settlement =
        call.isLateOffer()
            ? new Settlement.Agreed(call.caller().media().makeOffer(null))
            : Settlement.of(call.caller().media().makeAnswer(null));
    switch (settlement) {
      case Settlement.Agreed(String sdp) -> {
        if (!call.isLateOffer()) {
          call.media().echo(call.caller().media());
        }
        answer(sdp);
      }
      case Settlement.Refused(int status, String reason) ->
          refuse(Failure.ofStatus(status, reason), true);
    }
  }

  private void answer(@Nullable String sdp) {
    finish();
    Talk talk = new Talk(call, progress.mustRealign());
    call.become(talk);
    call.events().answered(call);
    talk.start(sdp);
    if (progress.hasOffered()) {
      talk.alignCallee();
    }
  }

  @Override
  public void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel) {
    giveUp(HeaderPolicy.reasons(cancel));
    terminate(487, "The caller gave up");
  }

  @Override
  public void onBye(Leg leg, SipRequest bye) {
    if (leg == call.caller()) {
      giveUp(HeaderPolicy.reasons(bye));
      terminate(487, "The caller hung up");
    } else if (leg == answered) {
      answered = null;
      leg.close();
      terminate(480, "The called side has hung up");
    }
  }

  @Override
  public void onEnd(EndCause cause) {
    giveUp(cause.reasons());
    terminate(480, cause.words());
  }

  /** The caller has not acknowledged a reliable response in 64*T1 (RFC 3262 section 3). */
  void onCallerSilent() {
    String words = "No PRACK came for a provisional response";
    giveUp(List.of("SIP;cause=504;text=\"" + words + "\""));
    terminate(504, words);
  }

  private void giveUp(List<String> reasons) {
    if (stage != null) {
      stage.giveUp(reasons.isEmpty() ? null : reasons.getFirst());
    }
    if (answered != null) {
      UnwantedAnswer.hangUp(answered, "The caller has gone");
      answered = null;
    }
  }

  private void terminate(int status, String words) {
    var response = call.caller().response(call.invite().request(), status);
    Replies.explain(response, status, words);
    finish();
    call.invite().respond(response.build());
    call.events().cancelled(call, status, words);
    call.over();
  }

  private void finish() {
    progress.stop();
    call.ringing().finish();
  }

  @Override
  public void onRequest(Leg leg, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (request.method() == Method.PRACK && leg == call.caller()) {
      onPrack(transaction);
    } else if (request.method() == Method.UPDATE && request.bodyLength() == 0
        || request.method() == Method.OPTIONS) {
      transaction.respond(leg.response(request, 200).build());
    } else {
      transaction.respond(Replies.refuse(request, 500, "The call is not answered yet"));
    }
  }

  private void onPrack(ServerTransaction prack) {
    SipResponse acknowledged = call.ringing().onPrack(prack);
    if (acknowledged == null) {
      return;
    }
    boolean answers = call.caller().exchange() == Leg.Exchange.AWAITING_ANSWER;
    if (answers && !takeAnswer(prack)) {
      return;
    }
    prack.respond(call.caller().response(prack.request(), 200).build());
    call.ringing().proceed();
    proceed();
  }

  /** Takes the answer to our offer; without one there is no session to go on with. */
  private boolean takeAnswer(ServerTransaction prack) {
    String sdp = Sdp.of(prack.request());
    if (sdp != null && call.caller().media().receiveAnswer(sdp) instanceof SdpOutcome.Accepted) {
      progress.onAnswer();
      return true;
    }
    String words = "The PRACK has no usable answer to our offer";
    prack.respond(Replies.refuse(prack.request(), 488, words));
    giveUp(List.of());
    terminate(488, words);
    return false;
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
