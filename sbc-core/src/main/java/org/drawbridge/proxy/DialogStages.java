package org.drawbridge.proxy;

import java.util.List;
import org.drawbridge.policy.Failure;

/** The one place a request within a dialog can go. */
record DialogStages(DialogHop hop) implements Stages {

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
  public void ended(int status) {
    hop.bodies().ended(status);
  }

  @Override
  public String label() {
    return "to=" + hop.label();
  }
}
