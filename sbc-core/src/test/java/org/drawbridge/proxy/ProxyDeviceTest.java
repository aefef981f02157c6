package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices of an account behind a proxy: GRUUs (RFC 5627), flows (RFC 5626), breadth (RFC 5393). */
final class ProxyDeviceTest {

  private static final Aor BOB = new Aor("1002", "example.com");
  private static final String OFFER = Sdps.phone("192.0.2.21", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.31", 4002);
  private static final SipUri CAR = SipUri.of("1002", "example.com", -1).withParam("gr", "urn:car");

  private final Lab lab = ProxyLab.make();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21");
  private final SimPhone desk = lab.device(BOB, "192.0.2.31");
  private final SimPhone car = lab.device(BOB, "192.0.2.33");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void bind(SimPhone phone, String instance, int regId) {
    lab.bind(
        new Binding(
            BOB,
            phone.contact(),
            phone.sbcEnd().id(),
            List.of(),
            instance,
            regId,
            0,
            "reg",
            1,
            1000,
            null,
            Long.MAX_VALUE));
  }

  @Test
  void aGruuRingsItsDeviceAndRequestsToItGoToItsContact() {
    bind(desk, "<urn:desk>", 0);
    bind(car, "<urn:car>", 0);
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).requestUri(CAR));
    SipRequest got = car.expect(Method.INVITE);
    car.reply(got, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    var dialog = alice.dialog(invite, ok);
    alice.ack(dialog, ok, null);
    car.expect(Method.ACK);

    alice.send(dialog.request(Method.BYE).requestUri(CAR));
    SipRequest bye = car.expect(Method.BYE);
    assertThat(bye.requestUri()).hasToString(car.contact());
    car.reply(bye, 200, null);
    alice.expect(200);
    assertThat(desk.everything()).isEmpty();
  }

  /** Nobody has said yet that its old connection is gone. */
  @Test
  void aDeviceThatHasMovedInACallHearsOfItsEnd() {
    SimPhone bob = lab.phone("1003", Transport.TCP, "192.0.2.44");
    SimCall call = ProxyLab.connect(alice, OFFER, bob, ANSWER);
    bob.expect(Method.ACK);
    bob.wire().deafen();
    lab.comeBack(bob);
    ProxyLab.hangUp(call);
  }

  @Test
  void theNextFlowOfADeviceIsTriedAfter430AndTheFirstIsForgotten() {
    bind(desk, "<urn:desk>", 1);
    bind(car, "<urn:desk>", 2);
    SipRequest invite = alice.invite("1002", OFFER);
    desk.reply(desk.expect(Method.INVITE), 430, null);
    assertThat(lab.lookup(BOB)).hasSize(1);
    car.reply(car.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void noMoreDevicesRingAtOnceThanTheRequestAllows() {
    bind(desk, "<urn:desk>", 0);
    bind(car, "<urn:car>", 0);
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).header("Max-Breadth", "1"));
    SipRequest first = desk.expect(Method.INVITE);
    assertThat(first.headers().all("Max-Breadth")).containsExactly("1");
    assertThat(car.everything()).isEmpty();
    desk.reply(first, 480, null);
    car.reply(car.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theBreadthIsSharedAmongTheBranches() {
    bind(desk, "<urn:desk>", 0);
    bind(car, "<urn:car>", 0);
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).header("Max-Breadth", "7"));
    for (SimPhone phone : List.of(desk, car)) {
      SipRequest got = phone.expect(Method.INVITE);
      assertThat(got.headers().all("Max-Breadth")).containsExactly("3");
      phone.reply(got, 486, null);
    }
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void breadthThatIsUsedUpIsSaid() {
    bind(desk, "<urn:desk>", 0);
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).header("Max-Breadth", "0"));
    SipResponse refusal = alice.expect(440);
    assertThat(refusal.headers().has(HeaderName.WARNING)).isTrue();
    alice.ackFailure(invite, refusal);
  }
}
