package org.drawbridge.b2bua;

import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.Sdp;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the caller hears while it rings. An answer given in a 18x is repeated byte for byte in every
 * later response, because JsSIP applies the first as final and many phones do not look at a second.
 */
final class CallerProgress {

  private final Call call;
  private int lastStatus;
  private @Nullable String earlyAnswer;
  private boolean realign;

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
    if (status < 180 || status > 183) {
      return;
    }
    boolean hadAnswer = earlyAnswer != null;
    String sdp = alone && !call.isLateOffer() ? Sdp.of(response) : null;
    if (sdp != null) {
      earlyMedia(branch.media(), sdp);
    }
    boolean newAnswer = !hadAnswer && earlyAnswer != null;
    if (status == lastStatus && !newAnswer) {
      return;
    }
    lastStatus = status;
    var out = call.caller().response(call.invite().request(), status);
    if (earlyAnswer != null) {
      out.body(Replies.SDP, Bodies.bytes(earlyAnswer));
    }
    call.invite().respond(out.build());
    call.events().ringing(call, status, branch.candidate());
  }

  private void earlyMedia(MediaLeg callee, String sdp) {
    if (callee.receiveAnswer(sdp) instanceof SdpOutcome.Refused) {
      return; // the final answer may do better
    }
    if (answerFrom(callee) instanceof AnswerOutcome.Answer(String answer)) {
      earlyAnswer = answer;
      call.media().bridge(call.caller().media(), callee);
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
  boolean mustRealign() {
    return realign;
  }
}
