package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Phones that change networks in a call that is passed on with its media relayed. */
final class MovedMediaTest extends RelayedPhones {

  @Test
  void whoSignalsFromAnotherNetworkIsToldTheAddressThatIsReachedFromThere() {
    SimCall call = connect();
    SimPhone moved = lab.stranger("1001", "example.com", Transport.TCP, "10.0.0.31");
    String offer = Sdps.phone("10.0.0.31", 4000, 2, "sendrecv");
    SipRequest sent =
        moved.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), offer));
    SipRequest got = bob.expect(Method.INVITE);
    bob.reply(got, 200, Sdps.phone("192.0.2.22", 5000, 2, "sendrecv"));
    SipResponse ok = moved.expect(200);
    moved.send(call.callerDialog().ack(ok));
    bob.expect(Method.ACK);
    moved.hangUp(call.callerDialog(), bob);

    assertThat(sent.cseq().seq()).isEqualTo(ok.cseq().seq());
    assertOurs(got);
    assertThat(ok.bodyText()).contains("c=IN IP4 10.0.0.1\r\n", "m=audio 20000 ");
  }

  @Test
  void whoHasSignedInFromAnotherNetworkIsToldTheAddressThatIsReachedFromThere() {
    SimCall call = connect();
    SimPhone moved =
        lab.stranger("1002", "example.com", Transport.UDP, "10.0.0.22").inside("192.0.2.22");
    lab.unbind(bob.aor());
    moved.signIn("moved");
    alice.send(
        SimPhone.withSdp(
            call.callerDialog().request(Method.INVITE),
            Sdps.phone("192.0.2.11", 4000, 2, "sendrecv")));
    SipRequest got = moved.expect(Method.INVITE);
    moved.reply(got, 200, Sdps.phone("10.0.0.22", 5000, 2, "sendrecv"));
    SipResponse ok = alice.expect(200);
    alice.ack(call.callerDialog(), ok, null);
    moved.expect(Method.ACK);
    alice.hangUp(call.callerDialog(), moved);

    assertThat(got.bodyText()).contains("c=IN IP4 10.0.0.1\r\n");
    assertOurs(ok);
  }
}
