package org.drawbridge.b2bua;

import java.util.List;
import org.drawbridge.b2bua.leg.Leg;
import org.drawbridge.policy.Warnings;

/** An answer that was acknowledged and then was of no use. */
final class UnwantedAnswer {

  private UnwantedAnswer() {}

  /** Hangs up, saying what was wrong with its session description (RFC 3261 section 13.2.2.4). */
  static void hangUp(Leg leg, String why) {
    leg.hangUp(List.of("SIP;cause=488;text=" + Warnings.quoted(why)), leg::close);
  }
}
