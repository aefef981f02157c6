package org.drawbridge.proxy.media;

import java.nio.charset.StandardCharsets;
import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.media.api.SdpOutcome;
import org.jspecify.annotations.Nullable;

/** The two legs of one dialog, and the offer and answer between them (RFC 3264). */
final class LegPair {

  /** What becomes of a description on its way to the other side. */
  sealed interface Passed {

    /** The other side gets this one. */
    record As(byte[] body) implements Passed {}

    /** It cannot be used. */
    record Refused(int status, String reason) implements Passed {}
  }

  private final MediaSession session;
  private final MediaLeg caller;
  private final MediaLeg callee;
  private boolean open;
  private @Nullable MediaLeg owing;

  LegPair(MediaSession session, MediaLeg caller, MediaLeg callee) {
    this.session = session;
    this.caller = caller;
    this.callee = callee;
  }

  MediaLeg caller() {
    return caller;
  }

  MediaLeg callee() {
    return callee;
  }

  MediaLeg other(MediaLeg leg) {
    return leg == caller ? callee : caller;
  }

  /** Whether an offer is not answered yet. */
  boolean isOpen() {
    return open;
  }

  /** Whether this side has had an offer in a response, to be answered in its PRACK or ACK. */
  boolean owes(MediaLeg leg) {
    return owing == leg;
  }

  /** What the callee gets of an offer that the caller's leg has taken. */
  byte[] offerToCallee() {
    open = true;
    return bytes(callee.makeOffer(caller));
  }

  /** An offer of one side, as the other gets it. */
  Passed offer(MediaLeg from, String sdp) {
    if (from.receiveOffer(sdp) instanceof SdpOutcome.Refused(int status, String reason)) {
      return new Passed.Refused(status, reason);
    }
    open = true;
    return new Passed.As(bytes(other(from).makeOffer(from)));
  }

  /** An offer in a response: whoever sent the request answers it later. */
  Passed lateOffer(MediaLeg from, String sdp) {
    Passed passed = offer(from, sdp);
    owing = passed instanceof Passed.As ? other(from) : owing;
    return passed;
  }

  /** An answer of one side, as the other gets it; media flows by it from now on. */
  Passed answer(MediaLeg from, String sdp) {
    if (from.receiveAnswer(sdp) instanceof SdpOutcome.Refused(int status, String reason)) {
      return new Passed.Refused(status, reason);
    }
    return switch (other(from).makeAnswer(from)) {
      case AnswerOutcome.Answer(String answer) -> {
        session.bridge(caller, callee);
        yield new Passed.As(bytes(answer));
      }
      case AnswerOutcome.Refused(int status, String reason) -> new Passed.Refused(status, reason);
    };
  }

  /** The last offer has its answer, and another may follow. */
  void settled() {
    open = false;
    owing = null;
  }

  /** The last offer has come to nothing: both legs are as they were before. */
  void rollback() {
    if (open) {
      caller.rollback();
      callee.rollback();
      settled();
    }
  }

  private static byte[] bytes(String sdp) {
    return sdp.getBytes(StandardCharsets.UTF_8);
  }
}
