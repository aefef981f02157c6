package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.metrics.Counters;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds of the calls of one loop. */
final class BoundsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(Lab.CONFIG, new CallLimits(1, 2, 3, 5_000, 32_000));
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private long hits(String limit) {
    return lab.counters().registry().get(Counters.LIMITS, limit);
  }

  @Test
  void oneCallTooManyIsRefusedAndCounted() {
    SimCall call = SimCall.connect(alice, OFFER, bob, Sdps.phone("192.0.2.22", 4002));
    SipRequest second = alice.invite("1002", OFFER);
    SipResponse refusal = alice.expect(503);
    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isTrue();
    alice.ackFailure(second, refusal);
    assertThat(hits("calls")).isEqualTo(1);
    call.hangUp();
  }

  @Test
  void noMoreDevicesRingThanThereMayBeAndThatIsCounted() {
    SimPhone mobile = lab.phone("1002", Transport.UDP, "192.0.2.23");
    SimPhone car = lab.phone("1002", Transport.UDP, "192.0.2.24");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    mobile.reply(mobile.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    assertThat(car.everything()).isEmpty();
    assertThat(hits("branches")).isEqualTo(1);
  }
}
