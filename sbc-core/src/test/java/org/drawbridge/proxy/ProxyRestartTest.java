package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that was passed on by one run of ours, and goes on in the next. */
final class ProxyRestartTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab before = ProxyLab.make();
  private final Lab after = ProxyLab.make();
  private final SimPhone alice = after.phone("1001", Transport.UDP, "192.0.2.11");

  @AfterEach
  void nothingIsLeft() {
    after.assertClean();
  }

  private SimCall callBefore(Transport transport) {
    SimPhone caller = before.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone callee = before.phone("1002", transport, "192.0.2.22");
    return ProxyLab.connect(caller, OFFER, callee, ANSWER);
  }

  @Test
  void eitherUdpPhoneReachesTheOther() {
    SimCall call = callBefore(Transport.UDP);
    SimPhone bob = after.phone("1002", Transport.UDP, "192.0.2.22");

    SipRequest again =
        bob.send(SimPhone.withSdp(call.calleeDialog().request(Method.INVITE), ANSWER));
    alice.reply(alice.expect(Method.INVITE), 200, OFFER);
    bob.ack(call.calleeDialog(), bob.expect(200), null);
    assertThat(alice.expect(Method.ACK).cseq().seq()).isEqualTo(again.cseq().seq());

    alice.hangUp(call.callerDialog(), bob);
  }

  @Test
  void aBrowserThatHasComeBackIsFound() {
    SimCall call = callBefore(Transport.WSS);
    after.trunk("203.0.113.1");
    SimPhone browser = after.phone("1002", Transport.WSS, "192.0.2.22");
    alice.hangUp(call.callerDialog(), browser);
  }

  @Test
  void oneThatHasNotIsSaidToBeGone() {
    SimCall call = callBefore(Transport.WSS);
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(430);
  }
}
