package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dialogs over TLS whose tags somebody else knows, as those who were told of them in a REFER. */
final class SecureDialogTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks: { pbx: { targets: "sip:203.0.113.1:5061;transport=tls", from: 203.0.113.0/24 } }
      routes:
        - { name: inside, when: { to-domain: local }, to: { registrar: true } }
      """;

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TLS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SimCall call() {
    return SimCall.connect(
        alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));
  }

  @Test
  void aStrangerWithoutTlsNeitherEndsThemNorTakesThem() {
    SimCall call = call();
    SimPhone mallory = lab.stranger("1001", "example.com", Transport.UDP, "192.0.2.66");
    mallory.send(call.callerDialog().request(Method.UPDATE));
    mallory.expect(403);
    mallory.send(call.callerDialog().request(Method.BYE));
    mallory.expect(403);

    bob.hangUp(call.calleeDialog(), alice);
    assertThat(mallory.firstLines()).isEmpty();
  }

  @Test
  void whoComesBackOverTlsKeepsItsCallBeforeItSignsIn() {
    SimCall call = call();
    lab.disconnect(alice, CloseCause.LOST);
    alice.reconnect();
    alice.send(call.callerDialog().request(Method.UPDATE));
    alice.expect(200);

    bob.hangUp(call.calleeDialog(), alice);
  }

  @Test
  void whoHasSignedInWithoutTlsGoesOnThere() {
    SimCall call = call();
    SimPhone moved = lab.phone("1001", Transport.TCP, "192.0.2.12");
    moved.send(call.callerDialog().request(Method.UPDATE));
    moved.expect(200);

    bob.hangUp(call.calleeDialog(), moved);
  }

  @Test
  void aTrunkGoesOnFromAnyOfItsHosts() {
    SimPhone pbx = lab.trunk("203.0.113.1", Transport.TLS);
    SipRequest invite =
        pbx.send(
            pbx.invitation("1002", Sdps.phone("203.0.113.1", 4000))
                .requestUri(SipUri.of("1002", "example.com", -1)));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4002));
    bob.expect(Method.ACK);
    SipResponse answer = pbx.expect(200);
    SimDialog dialog = pbx.dialog(invite, answer);
    pbx.ack(dialog, answer, null);
    SimPhone other = lab.stranger("trunk", "203.0.113.2", Transport.UDP, "203.0.113.2");
    other.send(dialog.request(Method.UPDATE));
    other.expect(200);

    other.hangUp(dialog, bob);
  }
}
