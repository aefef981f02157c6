package org.drawbridge.b2bua;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.limit.Entry;
import org.drawbridge.limit.Hold;
import org.drawbridge.limit.Passage;
import org.drawbridge.limit.Passage.Manner;
import org.drawbridge.limit.Refusal;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.config.Urgency;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * What one call has of the limits. Whoever makes the call has it for as long as the call lasts, a
 * trunk or an account at the other end of a leg for as long as that leg. At the end all of it is
 * released, whatever came between.
 */
final class CallSeats implements Passage.Owner {

  private final CallServices services;
  private final Passage passage;
  private final List<Hold> granted = new ArrayList<>(4);
  private @Nullable Call call;
  private @Nullable Hold caller;

  /** Of a call that is still to be let in. */
  CallSeats(CallServices services, Admitted admitted, Urgency urgency) {
    this.services = services;
    this.passage =
        Passage.of(
            services.meters(), admitted.rules().bounds(), admitted.source(), manner(urgency), this);
  }

  private static Manner manner(Urgency urgency) {
    return switch (urgency) {
      case NORMAL -> Manner.NORMAL;
      case EMERGENCY -> Manner.EMERGENCY;
      case PREEMPTING -> Manner.PREEMPTING;
    };
  }

  /** Lets the call in as its caller's; null, or why not. */
  @Nullable Refusal enter(Peer from) {
    Refusal refusal = refusal(passage.enter());
    Trunk trunk = from.trunk();
    if (refusal == null && trunk != null) {
      Entry entry = passage.from(trunk);
      refusal = refusal(entry);
      caller = entry instanceof Entry.Granted(Hold hold) ? hold : null;
    }
    if (refusal != null) {
      granted.forEach(Hold::undo);
    }
    return refusal;
  }

  private static @Nullable Refusal refusal(Entry entry) {
    return entry instanceof Entry.Denied(Refusal refusal) ? refusal : null;
  }

  /** The call is in. */
  void begin(Call begun) {
    call = begun;
  }

  /** What the caller's own leg has; null for nothing. */
  @Nullable Hold ofCaller() {
    return caller;
  }

  /** The way of the call itself. */
  Passage passage() {
    return passage;
  }

  /** The way of who redirects or transfers it. */
  Passage onBehalfOf(CallSource by, Urgency urgency) {
    return passage.onBehalfOf(by, manner(urgency));
  }

  /** The call, or another leg of it, was answered. */
  void talk() {
    granted.forEach(Hold::talk);
  }

  /** The call is over. */
  void release() {
    granted.forEach(Hold::release);
  }

  @Override
  public void granted(Hold hold) {
    granted.add(hold);
  }

  @Override
  public void preempt() {
    services.loop().execute(this::end);
  }

  private void end() {
    if (call != null) {
      call.end(EndCause.preempted());
    }
  }
}
