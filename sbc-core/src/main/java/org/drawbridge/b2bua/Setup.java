package org.drawbridge.b2bua;

import java.time.Duration;
import java.util.List;
import org.drawbridge.b2bua.fork.Attempt;
import org.drawbridge.b2bua.fork.Branch;
import org.drawbridge.b2bua.fork.EarlyDialog;
import org.drawbridge.b2bua.fork.Hunt;
import org.drawbridge.b2bua.fork.Redirects;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.policy.Breadth;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Reasons;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.routing.value.Announcement;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** A call that rings, until somebody answers or nobody is left to try. */
final class Setup implements Phase, Attempt.Owner {

  /** An invitation that holds for longer than a day does not expire before somebody gives up. */
  private static final long LONGEST_SECONDS = 86_400;

  private final Call call;
  private final Redirects redirects;
  private final CallerProgress progress;
  private final EarlyOffers offers;
  private final Hunt hunt;
  private final Succession succession;
  private final @Nullable Duration total;
  private @Nullable Leg answered;
  private @Nullable String answer;
  private @Nullable Timer totalTimer;
  private @Nullable Timer expiry;
  private @Nullable Announcement announcing;

  Setup(Call call, Redirects redirects) {
    this.call = call;
    this.redirects = redirects;
    this.progress = new CallerProgress(call);
    this.offers = new EarlyOffers(call, progress, this::proceed);
    this.succession = new Succession(call);
    int breadth = Breadth.of(call.invite().request());
    this.total = redirects.route().persistence().totalTimeout();
    this.hunt = new Hunt(call, this, redirects, breadth);
  }

  /** Tries the first candidates. */
  void start() {
    if (total != null) {
      totalTimer = call.services().loop().schedule(total.toMillis(), this::onTooLong);
    }
    long seconds = call.invite().request().expires();
    if (seconds > 0) {
      expiry =
          call.services()
              .loop()
              .schedule(Math.min(seconds, LONGEST_SECONDS) * 1_000, this::onExpired);
    }
    hunt.start();
  }

  /** The caller has said how long its invitation holds (RFC 3261 section 13.3.1). */
  private void onExpired() {
    expiry = null;
    if (answered == null) {
      hunt.giveUp("SIP;cause=487;text=\"The invitation has expired\"");
      terminate(487, "The invitation has expired");
    }
  }

  /** Nobody has answered in the time that the route has for all its targets together. */
  private void onTooLong() {
    totalTimer = null;
    if (answered == null) {
      hunt.giveUp(Reasons.NO_ANSWER);
      refuse(
          Failure.ofStatus(480, "Nobody answered in the time that there is for this call"), true);
    }
  }

  @Override
  public void onProgress(Branch branch, SipResponse response, boolean alone) {
    progress.relay(branch, response, alone);
  }

  /** Another call takes the caller's place on the answer, who may leave before; if that can be. */
  boolean leaveTo(Takeover taking) {
    return succession.begin(taking);
  }

  /** Nobody takes the caller's place any more: if it has left, there is nobody to ring for. */
  void stay() {
    succession.renounce();
    if (succession.hasCallerLeft()) {
      giveUp(List.of());
      terminate(487, "Who was to take the caller's place has gone");
    }
  }

  /** The caller leaves: a call that somebody takes its place in rings on. */
  private void leave(List<String> reasons, int status, String words) {
    if (succession.leave(words)) {
      progress.stop();
      proceed();
    } else {
      giveUp(reasons);
      terminate(status, words);
    }
  }

  /** The media of a branch that has ended is gone. */
  void onReleased(MediaLeg media) {
    progress.forget(media);
  }

  @Override
  public void onFailed(Failures failures, boolean noAnswer) {
    Failure failure = failures.summary();
    List<String> contacts = redirects.passed(failure);
    if (contacts.isEmpty()) {
      refuse(failure, failures.isSingle());
      return;
    }
    var response = call.caller().response(call.invite().request(), failure.status());
    contacts.forEach(contact -> response.header(HeaderName.CONTACT, contact));
    refuse(response, failure.status(), failure.report());
  }

  private void refuse(Failure failure, boolean alone) {
    int status = failure.statusForCaller(alone);
    String phrase = failure.phrase(status);
    var response = call.caller().dialog().response(call.invite().request(), status, phrase);
    failure.describe(response, status);
    refuse(response, status, failure.report());
  }

  private void refuse(MessageBuilder<SipResponse> response, int status, String words) {
    finish();
    if (!succession.hasCallerLeft()) {
      call.invite().respond(response.build());
    }
    succession.fail(status);
    call.events().failed(call, status, words);
    call.over();
  }

  @Override
  public void onAnswer(Branch winner, SipResponse response) {
    Leg callee = winner.leg();
    callee.ack();
    callee.line().hear(response);
    call.legs().add(callee);
    progress.endTone();
    answered = callee;
    answer = winner.description(response);
    proceed();
  }

  /** Answers the caller as soon as nothing is open that its 2xx has to wait for. */
  private void proceed() {
    Leg callee = answered;
    if (callee == null || offers.isOpen() || call.ringing().delaysSuccess()) {
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
    call.caller().line().show(callee);
    if (call.caller().media().isNegotiated()) {
      call.media().bridge(call.caller().media(), callee.media());
    }
    answer(sdp);
  }

  @Override
  public void onService(Candidate.Service service) {
    progress.endTone();
    Announcement announcement = service.announcement();
    if (announcement != null && !announcement.answer()) {
      announce(announcement);
      return;
    }
    Settlement settlement =
        call.isLateOffer()
            ? new Settlement.Agreed(call.caller().media().makeOffer(null))
            : Settlement.of(call.caller().media().makeAnswer(null));
    switch (settlement) {
      case Settlement.Agreed(String sdp) -> {
        OwnService serving = call.serve(service);
        if (!call.isLateOffer()) {
          serving.connect();
        }
        answer(sdp);
      }
      case Settlement.Refused(int status, String reason) ->
          refuse(Failure.ofStatus(status, reason), true);
    }
  }

  /** Plays in early media; then the next target has its turn. */
  private void announce(Announcement announcement) {
    String problem = progress.announce();
    announcing = announcement;
    if (problem == null) {
      call.media().play(call.caller().media(), OwnService.prompt(announcement));
    } else {
      announced(announcement, problem);
    }
  }

  private void announced(Announcement said, @Nullable String problem) {
    announcing = null;
    if (problem != null) {
      call.events().unplayed(call, call.caller().name(), problem);
    }
    Integer status = said.status();
    hunt.onServed(status == null ? null : Failure.ofStatus(status, "The announcement is over"));
  }

  private void answer(@Nullable String sdp) {
    finish();
    Talk talk = new Talk(call, progress.mustRealign(call.callee()));
    call.become(talk);
    call.events().answered(call);
    talk.start(sdp);
    succession.take();
    if (call.isTalking() && progress.isCalleeBehind()) {
      talk.alignCallee();
    }
  }

  @Override
  public void onCancel(Leg leg, ServerTransaction invite, SipRequest cancel) {
    leave(HeaderPolicy.reasons(cancel), 487, "The caller gave up");
  }

  @Override
  public void onBye(Leg leg, SipRequest bye) {
    if (leg == call.caller()) {
      leave(HeaderPolicy.reasons(bye), 487, "The caller hung up");
    } else if (leg == answered) {
      answered = null;
      leg.close();
      terminate(480, "The called side has hung up");
    }
  }

  @Override
  public void onEnd(EndCause cause) {
    if (cause.by() == call.caller()) {
      leave(cause.reasons(), 480, cause.words());
    } else {
      giveUp(cause.reasons());
      terminate(480, cause.words());
    }
  }

  /** The caller has not acknowledged a reliable response in 64*T1 (RFC 3262 section 3). */
  void onCallerSilent() {
    String words = "No PRACK came for a provisional response";
    giveUp(List.of("SIP;cause=504;text=\"" + words + "\""));
    terminate(504, words);
  }

  private void giveUp(List<String> reasons) {
    hunt.giveUp(reasons.isEmpty() ? null : String.join(", ", reasons));
    if (answered != null) {
      UnwantedAnswer.hangUp(answered, "The caller has gone");
      answered = null;
    }
  }

  private void terminate(int status, String words) {
    finish();
    if (!succession.hasCallerLeft()) {
      call.caller().refuse(call.invite(), status, words);
    }
    succession.fail(status);
    call.events().cancelled(call, status, words);
    call.over();
  }

  private void finish() {
    if (totalTimer != null) {
      totalTimer.cancel();
    }
    if (expiry != null) {
      expiry.cancel();
    }
    progress.stop();
    call.caller().refusePending(487, "The call has ended");
    call.ringing().finish();
  }

  @Override
  public void onRequest(Leg leg, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    switch (request.method()) {
      case PRACK -> onPrack(leg, transaction);
      case UPDATE -> offers.onRequest(leg, transaction);
      case OPTIONS -> transaction.respond(Replies.options(request));
      case INFO -> onInfo(leg, transaction);
      case INVITE, MESSAGE, REFER, NOTIFY, SUBSCRIBE -> refuseEarly(transaction);
      case BYE, ACK, CANCEL, REGISTER, PUBLISH, EXTENSION ->
          transaction.respond(
              Replies.refuse(request, 405, request.methodToken() + " is not served in a call"));
    }
  }

  /**
   * The caller presses a key for whom it hears before the answer, as an IVR that nobody pays for.
   */
  private void onInfo(Leg leg, ServerTransaction info) {
    EarlyDialog ringing = leg == call.caller() ? progress.ringing() : null;
    if (!KeyInfo.press(leg, ringing == null ? null : ringing.leg(), info)) {
      refuseEarly(info);
    }
  }

  private static void refuseEarly(ServerTransaction transaction) {
    transaction.respond(Replies.refuse(transaction.request(), 500, "The call is not answered yet"));
  }

  private void onPrack(Leg leg, ServerTransaction prack) {
    if (leg != call.caller() || succession.hasCallerLeft()) {
      prack.respond(Replies.refuse(prack.request(), 481, "No response waits for this PRACK"));
      return;
    }
    SipResponse acknowledged = call.ringing().onPrack(prack);
    if (acknowledged == null) {
      return;
    }
    if (leg.exchange() != Leg.Exchange.AWAITING_ANSWER) {
      offers.onRequest(leg, prack);
    } else if (takeAnswer(prack)) {
      prack.respond(leg.response(prack.request(), 200).build());
    } else {
      return;
    }
    call.ringing().proceed();
    proceed();
  }

  /** Takes the answer to our offer; without one there is no session to go on with. */
  private boolean takeAnswer(ServerTransaction prack) {
    if (call.caller().receiveAnswer(Sdp.of(prack.request())) == null) {
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
    if (event instanceof MediaEvent.Played(var _, String problem) && announcing != null) {
      announced(announcing, problem);
    } else if (event instanceof MediaEvent.Started(var leg)) {
      progress.onStarted(leg);
    } else if (event instanceof MediaEvent.Failed(var leg, String reason)
        && leg == call.caller().media()
        && !succession.hasCallerLeft()) {
      call.end(EndCause.here("Media of the caller failed: " + reason));
    }
  }
}
