package org.drawbridge.b2bua.leg;

import org.drawbridge.policy.Failure;

/**
 * Which failures inside a dialog mean that it is over (RFC 3261 section 12.2.1.2, RFC 5057 section
 * 5.1).
 */
public final class DeadDialog {

  private DeadDialog() {}

  /** Whether this is the answer to a request inside a dialog that there is no more. */
  public static boolean isToldBy(Failure failure) {
    return failure.status() == 481 || failure.status() == 408;
  }
}
