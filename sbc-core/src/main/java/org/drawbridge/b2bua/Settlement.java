package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.jspecify.annotations.Nullable;

/** What comes of a callee's final answer. */
sealed interface Settlement {

  /**
   * The call is answered.
   *
   * @param sdp what the caller's 2xx carries, null for nothing
   */
  record Agreed(@Nullable String sdp) implements Settlement {}

  /** The answer cannot be used; the caller gets this failure. */
  record Refused(int status, String reason) implements Settlement {}

  /** Settles media by what a callee has answered to our offer, null for nothing new. */
  static Settlement of(Call call, CallerProgress progress, Leg callee, @Nullable String answer) {
    MediaLeg media = callee.media();
    if (answer == null && !media.isNegotiated()) {
      return new Refused(502, "The called side answered without a session description");
    }
    if (answer != null
        && media.receiveAnswer(answer) instanceof SdpOutcome.Refused(int status, String reason)) {
      // What the called side wrote wrongly is no mistake of the caller's request.
      return new Refused(status == 400 ? 502 : status, reason);
    }
    if (progress.hasChanged()) {
      return new Agreed(null);
    }
    if (call.isLateOffer()) {
      return new Agreed(progress.hasOffered() ? null : call.caller().media().makeOffer(media));
    }
    return of(progress.answerFrom(media));
  }

  /** Settles media by what answers the caller's offer. */
  static Settlement of(AnswerOutcome outcome) {
    return switch (outcome) {
      case AnswerOutcome.Answer(String sdp) -> new Agreed(sdp);
      case AnswerOutcome.Refused(int status, String reason) -> new Refused(status, reason);
    };
  }
}
