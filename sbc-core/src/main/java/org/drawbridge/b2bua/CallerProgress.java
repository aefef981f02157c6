package org.drawbridge.b2bua;

import org.drawbridge.b2bua.fork.Branch;
import org.drawbridge.b2bua.fork.EarlyDialog;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.loop.Timer;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.Prompt;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the caller hears while it rings: one early dialog, however many phones ring. An answer given
 * in a 18x is repeated byte for byte in every later response, because JsSIP applies the first as
 * final and many phones do not look at a second. A caller that offered nothing gets our offer
 * reliably or in the 2xx.
 */
final class CallerProgress {

  /**
   * Proxies on the way give up after three minutes of silence (RFC 3261 sections 13.3.1.1, 16.6).
   */
  private static final long REMIND_MILLIS = 60_000;

  private static final int RINGS = 180;

  /** After this long early media that has not begun is taken to be none. */
  private static final long QUIET_MILLIS = 1_000;

  /** The tone's name. */
  private static final String RINGING = "ringback";

  private final Call call;
  private int lastStatus;
  private @Nullable String earlyAnswer;
  private @Nullable MediaLeg heard;
  private @Nullable EarlyDialog ringing;
  private @Nullable Timer reminder;
  private @Nullable Timer quiet;

  /** Who is heard has rung, and has sent nothing of what it described. */
  private boolean isQuiet;

  private boolean offered;
  private boolean told;
  private boolean realign;
  private boolean changed;
  private boolean calleeBehind;
  private boolean hearsTone;

  CallerProgress(Call call) {
    this.call = call;
  }

  /**
   * Passes a provisional response on, without repeating itself.
   *
   * @param alone whether its session description cannot be contradicted by another branch
   */
  void relay(Branch branch, SipResponse response, boolean alone) {
    int status = response.status();
    if (status < RINGS || status > 183) {
      return;
    }
    String sdp = alone ? Sdp.of(response) : null;
    if (sdp != null) {
      ringing = branch.early(response);
    }
    String description = describe(branch.media(), sdp);
    ringBack();
    if ((status == RINGS || lastStatus == RINGS) && heard == branch.media()) {
      awaitMedia(branch.media());
    }
    if (Sdp.of(response) != null && !hasSession()) {
      status = RINGS;
    }
    boolean isOther = alone && isOther(branch, response);
    if (status == lastStatus && description == null && !isOther) {
      return;
    }
    lastStatus = status;
    send(status, description);
    call.events().ringing(call, status, branch.candidate());
  }

  /**
   * Whether the caller has what early media is heard by. Without, its phone has to make the ringing
   * tone, and many do so on a 180 alone (RFC 3960 section 3.2).
   */
  private boolean hasSession() {
    return earlyAnswer != null || offered;
  }

  /** Whether it rings at another than the caller was told last. */
  private boolean isOther(Branch branch, SipResponse response) {
    EarlyDialog early = branch.early(response);
    if (early == null) {
      return false;
    }
    early.leg().line().hear(response);
    return call.caller().line().show(early.leg());
  }

  /**
   * A phone that has been given early media makes no ringing tone of its own any more, so it hears
   * ours while who rings now sends nothing (RFC 3960 section 3.2).
   */
  private void ringBack() {
    hearTone(earlyAnswer != null && (heard == null || isQuiet) && !call.isDirect());
  }

  /** Who describes early media and rings may leave the tone to the caller all the same. */
  private void awaitMedia(MediaLeg callee) {
    if (quiet == null) {
      quiet = call.services().loop().schedule(QUIET_MILLIS, () -> judge(callee));
    }
  }

  private void judge(MediaLeg callee) {
    quiet = null;
    isQuiet = callee == heard && callee.stats().packetsReceived() == 0;
    ringBack();
  }

  /** Media of a callee has begun. */
  void onStarted(MediaLeg callee) {
    if (callee == heard && isQuiet) {
      isQuiet = false;
      ringBack();
    }
  }

  /** Somebody has answered, and would not be heard. */
  void endTone() {
    stopWaiting();
    hearTone(false);
  }

  private void stopWaiting() {
    if (quiet != null) {
      quiet.cancel();
      quiet = null;
    }
  }

  private void hearTone(boolean wanted) {
    if (wanted && !hearsTone) {
      call.media().play(call.caller().media(), Prompt.tone(RINGING, Prompt.ENDLESS));
    } else if (!wanted && hearsTone) {
      call.media().quiet(call.caller().media());
    }
    hearsTone = wanted;
  }

  /** Lets the caller hear a service of ours before anybody answers; null, or why it cannot. */
  @Nullable String announce() {
    if (call.isLateOffer()) {
      return "early media needs an offer in the INVITE";
    }
    return switch (call.caller().media().makeAnswer(null)) {
      case AnswerOutcome.Refused(int _, String reason) -> reason;
      case AnswerOutcome.Answer(String text) -> {
        String news = earlyAnswer == null ? text : null;
        earlyAnswer = news == null ? earlyAnswer : news;
        lastStatus = 183;
        send(183, news);
        yield null;
      }
    };
  }

  private void send(int status, @Nullable String news) {
    if (call.invite().isAnswered()) {
      return; // the caller has left the call to another, which takes its place
    }
    var out = call.caller().response(call.invite().request(), status);
    String description = news == null && !told ? earlyAnswer : news;
    if (description != null) {
      out.body(Replies.SDP, Sdp.bytes(description));
    }
    if (call.ringing().covers(description != null)) {
      told |= description != null;
      call.ringing().send(out);
    } else {
      call.invite().respond(out.build());
    }
    stopReminding();
    reminder = call.services().loop().schedule(REMIND_MILLIS, () -> send(status, null));
  }

  /** Nothing more is to be said before the final response. */
  void stop() {
    stopWaiting();
    stopReminding();
  }

  private void stopReminding() {
    if (reminder != null) {
      reminder.cancel();
      reminder = null;
    }
  }

  /** Takes what a callee describes; returns what is new for the caller in it, or null. */
  private @Nullable String describe(MediaLeg callee, @Nullable String sdp) {
    if (sdp != null && callee.receiveAnswer(sdp) instanceof SdpOutcome.Accepted) {
      isQuiet &= heard == callee;
      heard = callee; // where it cannot be used, the final answer may do better
    }
    return call.isLateOffer() ? offer() : answer(callee, sdp != null && heard == callee);
  }

  private @Nullable String answer(MediaLeg callee, boolean described) {
    boolean first = earlyAnswer == null;
    if (described && answerFrom(callee) instanceof AnswerOutcome.Answer(String answer)) {
      earlyAnswer = answer;
      call.media().bridge(call.caller().media(), callee);
    }
    return first ? earlyAnswer : null;
  }

  /** The first reliable response to an INVITE without offer has one (RFC 3262 section 5). */
  private @Nullable String offer() {
    if (offered) {
      bridgeEarly();
      return null;
    }
    if (!call.ringing().covers(heard != null)) {
      return null;
    }
    offered = true;
    call.caller().awaitAnswer();
    return call.caller().media().makeOffer(heard);
  }

  /** What was heard from this leg is out of date: whoever rang there has failed. */
  void forget(MediaLeg callee) {
    if (heard == callee) {
      stopWaiting();
      isQuiet = false;
      heard = null;
      ringing = null;
    }
  }

  /** The dialog that described the session the caller hears, null if none did. */
  @Nullable EarlyDialog ringing() {
    return ringing;
  }

  /** Whether the caller's first offer and answer are over, and it has been told reliably. */
  boolean hasToldReliably() {
    return told && call.caller().media().isNegotiated();
  }

  /**
   * An offer of one side was agreed to before the call is answered.
   *
   * @param known whether the other side has agreed to it too, or need not hear of it
   */
  void changed(Leg by, boolean known) {
    boolean byCaller = by == call.caller();
    changed |= byCaller || known;
    calleeBehind |= byCaller && !known;
    realign |= !byCaller && !known;
    if (ringing != null && (known || !byCaller)) {
      ringing.markChanged();
    }
  }

  /** Whether the caller has agreed to another session than its INVITE and the answer to that. */
  boolean hasChanged() {
    return changed;
  }

  /** Whether the callee was not told of what the caller has agreed to since its early answer. */
  boolean isCalleeBehind() {
    return offered || calleeBehind;
  }

  /** Whether the caller has had our offer before the 2xx. */
  boolean hasOffered() {
    return offered;
  }

  /** The caller has answered our offer in its PRACK. */
  void onAnswer() {
    call.caller().idle();
    bridgeEarly();
  }

  private void bridgeEarly() {
    if (heard != null && call.caller().media().isNegotiated()) {
      call.media().bridge(call.caller().media(), heard);
    }
  }

  /** The answer for the caller, once this leg has answered ours. */
  AnswerOutcome answerFrom(MediaLeg callee) {
    AnswerOutcome outcome = call.caller().media().makeAnswer(callee);
    if (earlyAnswer == null || !(outcome instanceof AnswerOutcome.Answer(String now))) {
      return outcome;
    }
    realign = !now.equals(earlyAnswer);
    return new AnswerOutcome.Answer(earlyAnswer);
  }

  /**
   * Whether who answered agreed to something else than the early answer says, so that the caller
   * needs a new offer.
   */
  boolean mustRealign(@Nullable Leg callee) {
    boolean apart =
        changed
            && !isCalleeBehind()
            && callee != null
            && !call.caller().media().reflects(callee.media());
    return realign || apart;
  }
}
