package org.drawbridge.proxy;

import java.util.List;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;

/**
 * The one place a request within a dialog can go.
 *
 * @param counted the call that it belongs to, once for each time it has passed here; empty where
 *     that is not counted any more
 */
record DialogStages(DialogHop hop, List<CountedCall> counted) implements Stages {

  /** Timer C is more than three minutes (RFC 3261 section 16.6 item 11). */
  private static final long TIMER_C = 181_000;

  @Override
  public List<Hop> first() {
    return List.of(hop);
  }

  @Override
  public List<Hop> next(Failure best, boolean noAnswer) {
    return List.of();
  }

  @Override
  public Failure emptiness() {
    throw new IllegalStateException("there was a place to try");
  }

  @Override
  public long patience() {
    return TIMER_C;
  }

  @Override
  public boolean isProlonged() {
    return true;
  }

  @Override
  public void succeeded(SipResponse success) {
    Method method = hop.request().method();
    if (method == Method.INVITE || method == Method.UPDATE) {
      counted.forEach(call -> call.refreshed(success));
    }
  }

  @Override
  public void ended(int status) {
    hop.bodies().ended(status);
    counted.forEach(call -> call.left(hop.request(), status));
  }

  @Override
  public String label() {
    return "to=" + hop.label();
  }
}
