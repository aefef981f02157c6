package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.junit.jupiter.api.AfterEach;

/** Two phones whose calls are passed on with their media relayed; each test leaves nothing. */
abstract class RelayedPhones {

  static final String OURS = "c=IN IP4 198.51.100.1";
  static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  final Lab lab = new Lab(ProxyLab.RELAYING, new CallLimits(2, 10, 3, 5_000, 32_000));
  final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  static void assertOurs(SipMessage message) {
    assertThat(message.bodyText()).contains(OURS).doesNotContain("192.0.2.");
  }

  SimCall connect() {
    SimCall call = ProxyLab.connect(alice, OFFER, bob, ANSWER);
    bob.expect(Method.ACK);
    return call;
  }
}
