package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drawbridge.limit.Entry;
import org.drawbridge.limit.Hold;
import org.drawbridge.limit.Passage;
import org.drawbridge.limit.Passage.Manner;
import org.drawbridge.limit.Refusal;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.proxy.media.SessionHint;
import org.drawbridge.reach.CallServices;
import org.drawbridge.routing.config.CallHandling;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * What one call that is passed on has of the limits, until its BYE was answered or its session has
 * run out. Nobody hangs it up for an emergency call's sake, since a proxy hangs up for nobody.
 * Confined to its loop.
 */
final class CountedCall implements Passage.Owner {

  /** Dialogs of one INVITE that were answered and are waited for. */
  private static final int MOST_ANSWERS = 8;

  /** Longer than the 200 takes that its own BYE has overtaken, in ms. */
  private static final long OVERTAKEN_MILLIS = 2_000;

  private final CountedCalls calls;
  private final CountedCalls.Key key;
  private final CallServices services;
  private final Flow flow;
  private final Admitted admitted;
  private final Passage passage;
  private final List<Hold> granted = new ArrayList<>(3);

  /** Remote tags of the dialogs that are up. */
  private final Set<String> answers = new HashSet<>(2);

  /** What waits for the 200 that it has overtaken. */
  private final List<Runnable> overtaking = new ArrayList<>(0);

  private @Nullable Timer expiry;
  private boolean ended;

  /**
   * A call that begins.
   *
   * @param flow what it came on, which gives way to nobody as long as the call counts
   */
  CountedCall(
      CountedCalls calls,
      CountedCalls.Key key,
      CallServices services,
      Flow flow,
      Admitted admitted,
      RouteDecision.Deliver route) {
    this.calls = calls;
    this.key = key;
    this.services = services;
    this.flow = flow;
    this.admitted = admitted;
    this.passage =
        Passage.of(
            services.meters(),
            admitted.rules().bounds(),
            admitted.source(),
            manner(route.handling()),
            this);
    flow.hold();
  }

  private static Manner manner(CallHandling handling) {
    return switch (handling.urgency()) {
      case NORMAL -> Manner.PASSED_ON;
      case EMERGENCY -> Manner.EMERGENCY;
      case PREEMPTING -> Manner.PREEMPTING;
    };
  }

  /** Its way through the limits. */
  Passage passage() {
    return passage;
  }

  /** Lets the call in as its caller's; null, or why not, and then it has ended. */
  @Nullable Refusal enter() {
    Entry entry = passage.enter();
    if (entry instanceof Entry.Granted
        && admitted.source() instanceof CallSource.FromTrunk(String name)
        && admitted.rules().trunks().byName(name) instanceof Trunk trunk) {
      entry = passage.from(trunk);
    }
    if (entry instanceof Entry.Denied(Refusal refusal)) {
      granted.forEach(Hold::undo);
      end();
      return refusal;
    }
    return null;
  }

  @Override
  public void granted(Hold hold) {
    granted.add(hold);
  }

  @Override
  public void preempt() {
    throw new IllegalStateException("a call that is passed on has no seat that could be wanted");
  }

  /** Somebody has answered its INVITE. */
  void answered(SipResponse success) {
    if (ended) {
      return;
    }
    String tag = success.toTag();
    if (answers.isEmpty()) {
      granted.forEach(Hold::talk);
    }
    if (tag != null && answers.size() < MOST_ANSWERS) {
      answers.add(tag);
    }
    refreshed(success);
    services.loop().execute(this::letGo);
  }

  /**
   * Whether a BYE is that of somebody who was called and whose 200 is still on its way: nobody
   * hangs up what only rings to him (RFC 3261 section 15). It passes after the 200, or when that
   * has not come in a while.
   *
   * @param pass passes it on
   */
  boolean holds(SipRequest bye, Runnable pass) {
    boolean isByCalled = key.callerTag() != null && key.callerTag().equals(bye.toTag());
    if (!isByCalled || ended || isAnswered() || overtaking.size() >= MOST_ANSWERS) {
      return false;
    }
    overtaking.add(pass);
    services.loop().schedule(OVERTAKEN_MILLIS, this::letGo);
    return true;
  }

  private void letGo() {
    List<Runnable> waiting = List.copyOf(overtaking);
    overtaking.clear();
    waiting.forEach(Runnable::run);
  }

  boolean isAnswered() {
    return !answers.isEmpty();
  }

  /** A request within it was answered that says how long it lasts. */
  void refreshed(SipResponse success) {
    if (ended) {
      return;
    }
    stopTimer();
    expiry = services.loop().schedule(SessionHint.lifetimeMillis(success), this::end);
  }

  /**
   * A BYE has had its final response: unless it was only asked for a password, that was it. One
   * before an answer ends an early dialog (RFC 3261 section 15): what becomes of the call the final
   * response of its INVITE says.
   */
  void left(SipRequest bye, int status) {
    boolean isSigned = status != 401 && status != 407;
    if (bye.method() == Method.BYE && isSigned && isAnswered()) {
      answers.remove(bye.toTag());
      answers.remove(bye.fromTag());
      if (answers.isEmpty()) {
        end();
      }
    }
  }

  /** It counts no more; a second time changes nothing. */
  void end() {
    if (!ended) {
      ended = true;
      flow.letGo();
      stopTimer();
      granted.forEach(Hold::release);
      calls.forget(key, this);
      letGo();
    }
  }

  private void stopTimer() {
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
  }
}
