package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.Leg;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the place of the caller of a call that still rings, as soon as somebody answers (RFC
 * 5589 section 7.6). The caller may leave before. Used on the loop of its call only.
 */
final class Succession {

  private final Call call;
  private @Nullable Takeover heir;
  private boolean left;

  /** Nobody does. */
  Succession(Call call) {
    this.call = call;
  }

  /** Another call will; false where it cannot be joined. */
  boolean begin(Takeover taking) {
    boolean isPossible = heir == null && !call.isDirect();
    heir = isPossible ? taking : heir;
    return isPossible;
  }

  /** Nobody will any more. */
  void renounce() {
    heir = null;
  }

  /** The call is not answered any more. */
  void fail(int status) {
    Takeover waiting = heir;
    heir = null;
    if (waiting != null) {
      waiting.onFailed(status);
    }
  }

  /** The call is answered. */
  void take() {
    Takeover waiting = heir;
    heir = null;
    if (waiting != null) {
      waiting.onAnswered(call.caller());
    }
  }

  /** Whether the caller has left, and has had its final response. */
  boolean hasCallerLeft() {
    return left;
  }

  /** The caller leaves; false where the call is nobody else's. */
  boolean leave(String words) {
    if (heir == null) {
      return false;
    }
    if (!left) {
      left = true;
      Leg caller = call.caller();
      caller.markHungUp();
      caller.stopTimers();
      caller.refuse(call.invite(), 487, words);
      caller.refusePending(487, words);
      call.ringing().finish();
    }
    return true;
  }
}
