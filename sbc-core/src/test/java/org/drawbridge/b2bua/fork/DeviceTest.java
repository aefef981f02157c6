package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to one device among several: GRUUs, several flows of a device, and Path. */
final class DeviceTest {

  private static final Aor BOB = new Aor("1002", "example.com");
  private static final String OFFER = Sdps.phone("192.0.2.21", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.31", 4002);
  private static final String DESK = "<urn:uuid:desk>";
  private static final String CAR = "<urn:uuid:car>";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.21", 1000);
  private final SimPhone desk = lab.device(BOB, "192.0.2.31");
  private final SimPhone spare = lab.device(BOB, "192.0.2.32");
  private final SimPhone car = lab.device(BOB, "192.0.2.33");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aGruuRingsItsDeviceAndNoOther() {
    bind(desk, DESK, 0, 1000, 0);
    bind(car, CAR, 0, 1000, 0);
    SipUri gruu = SipUri.of("1002", "example.com", -1).withParam("gr", "urn:uuid:car");
    callAndRefuse(gruu, car, 486);
    assertThat(desk.everything()).isEmpty();
  }

  @Test
  void aTemporaryGruuDoesSoToo() {
    bind(desk, DESK, 0, 1000, 77);
    bind(car, CAR, 0, 1000, 78);
    SipUri gruu = SipUri.of("tgruu.77", "example.com", -1).withParam("gr", null);
    callAndRefuse(gruu, desk, 486);
    assertThat(car.everything()).isEmpty();
  }

  @Test
  void aGruuOfADeviceThatIsAwayReachesNobody() {
    bind(desk, DESK, 0, 1000, 0);
    SipUri gruu = SipUri.of("1002", "example.com", -1).withParam("gr", "urn:uuid:car");
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).requestUri(gruu));
    alice.ackFailure(invite, alice.expect(480));
    SipUri expired = SipUri.of("tgruu.5", "example.com", -1).withParam("gr", null);
    SipRequest second = alice.send(alice.invitation("1002", OFFER).requestUri(expired));
    alice.ackFailure(second, alice.expect(404));
    assertThat(desk.everything()).isEmpty();
  }

  @Test
  void aDeviceWithTwoFlowsRingsOnce() {
    bind(desk, DESK, 1, 1000, 0);
    bind(spare, DESK, 2, 1000, 0);
    callAndRefuse(SipUri.of("1002", "example.com", -1), desk, 486);
    assertThat(spare.everything()).isEmpty();
  }

  @Test
  void theNextFlowOfADeviceIsTriedWhenOneIsGone() {
    bind(desk, DESK, 1, 1000, 0);
    bind(spare, DESK, 2, 1000, 0);
    desk.wire().cut();
    callAndRefuse(SipUri.of("1002", "example.com", -1), spare, 486);
  }

  @Test
  void theNextFlowIsTriedWhenOneBreaksUnderTheInvite() {
    bind(desk, DESK, 1, 1000, 0);
    bind(spare, DESK, 2, 1000, 0);
    SipRequest invite = alice.invite("1002", OFFER);
    desk.expect(Method.INVITE);
    lab.disconnect(desk, CloseCause.LOST);
    spare.reply(spare.expect(Method.INVITE), 486, null);
    spare.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void theNextFlowIsTriedWhenAProxyAnswers430() {
    bind(desk, DESK, 1, 1000, 0);
    bind(spare, DESK, 2, 1000, 0);
    SipRequest invite = alice.invite("1002", OFFER);
    desk.reply(desk.expect(Method.INVITE), 430, null);
    assertThat(lab.lookup(BOB)).as("a flow that leads nowhere is no binding").hasSize(1);
    spare.reply(spare.expect(Method.INVITE), 430, null);
    alice.ackFailure(invite, alice.expect(480));
    assertThat(lab.lookup(BOB)).isEmpty();
  }

  @Test
  void aTransferToAGruuRingsThatDeviceOnly() {
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.41");
    bind(desk, DESK, 0, 1000, 0);
    bind(car, CAR, 0, 1000, 77);
    for (String target :
        List.of("<sip:1002@example.com;gr=urn:uuid:car>", "<sip:tgruu.77@example.com;gr>")) {
      SimCall call = SimCall.connect(alice, OFFER, carol, Sdps.phone("192.0.2.41", 5000));
      alice.send(call.callerDialog().request(Method.REFER).header(HeaderName.REFER_TO, target));
      alice.expect(202);
      car.reply(car.expect(Method.INVITE), 486, null);
      alice.clear();
      call.hangUp();
    }
    assertThat(desk.everything()).isEmpty();
  }

  @Test
  void contactsOfLowerQWaitForTheOthers() {
    bind(desk, DESK, 0, 1000, 0);
    bind(car, CAR, 0, 500, 0);
    SipRequest invite = alice.invite("1002", OFFER);
    assertThat(car.everything()).isEmpty();
    desk.reply(desk.expect(Method.INVITE), 480, null);
    car.reply(car.expect(Method.INVITE), 480, null);
    alice.ackFailure(invite, alice.expect(480));
  }

  @Test
  void requestsGoAlongThePathOfARegistration() {
    List<String> path = List.of("<sip:edge.example.net;lr>", "<sip:inner.example.net;lr>");
    lab.bind(binding(desk, DESK, 0, 1000, 0, path));
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    assertThat(atDesk.headers().values(HeaderName.ROUTE)).containsExactlyElementsOf(path);
    desk.reply(atDesk, 180, null);
    alice.cancel(invite);
    SipRequest cancel = desk.expect(Method.CANCEL);
    assertThat(cancel.headers().values(HeaderName.ROUTE)).containsExactlyElementsOf(path);
    desk.reply(cancel, 200, null);
    desk.reply(atDesk, 487, null);
    alice.ackFailure(invite, alice.expect(487));
  }

  @Test
  void aCallerWhoseContactIsItsGruuIsSentRequestsByItsContact() {
    bind(desk, DESK, 0, 1000, 42);
    bindCaller();
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .replace(HeaderName.CONTACT, "<sip:tgruu.99@example.com;gr>"));
    desk.reply(desk.expect(Method.INVITE), 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    SipRequest ack = desk.expect(Method.ACK);
    desk.send(
        SipRequest.builder(Method.BYE, ack.requestUri())
            .header(HeaderName.FROM, ack.to().toString())
            .header(HeaderName.TO, ack.from().toString())
            .header(HeaderName.CALL_ID, ack.callId())
            .header(HeaderName.CSEQ, "1 BYE"));
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);
    assertThat(bye.requestUri().toString()).isEqualTo(alice.contact());
  }

  private void bindCaller() {
    Aor aor = new Aor("1001", "example.com");
    lab.unbind(aor);
    lab.bind(
        new Binding(
            aor,
            alice.contact(),
            alice.sbcEnd().id(),
            List.of(),
            "<urn:uuid:alice>",
            0,
            99,
            "reg",
            1,
            1000,
            null,
            Long.MAX_VALUE));
  }

  private void callAndRefuse(SipUri target, SimPhone expected, int status) {
    SipRequest invite = alice.send(alice.invitation("1002", OFFER).requestUri(target));
    expected.reply(expected.expect(Method.INVITE), status, null);
    expected.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(status));
  }

  private void bind(SimPhone phone, String instance, int regId, int q, long gruu) {
    lab.bind(binding(phone, instance, regId, q, gruu, List.of()));
  }

  private static Binding binding(
      SimPhone phone, String instance, int regId, int q, long gruu, List<String> path) {
    return new Binding(
        BOB,
        phone.contact(),
        phone.sbcEnd().id(),
        path,
        instance,
        regId,
        gruu,
        "reg",
        1,
        q,
        null,
        Long.MAX_VALUE);
  }
}
