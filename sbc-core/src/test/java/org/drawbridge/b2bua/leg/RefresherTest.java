package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who refreshes a session may change in the middle of a call (RFC 4028). */
final class RefresherTest {

  private static final String PHONE = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Bob's side has 120 seconds, and one of the two that refreshes it. */
  private SimCall connect(String refresher) {
    SimCall call =
        SimCall.connect(
            alice,
            Sdps.phone("192.0.2.11", 4000),
            bob,
            PHONE,
            "Session-Expires: 120;refresher=" + refresher,
            "Require: timer");
    alice.clear();
    return call;
  }

  /** Bob refreshes and says who is to do so from then on: uac is himself. */
  private SipResponse refresh(SimCall call, Method method, String refresher) {
    var request =
        call.calleeDialog()
            .request(method)
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
            .header(HeaderName.SUPPORTED, "timer")
            .header(HeaderName.SESSION_EXPIRES, "120;refresher=" + refresher);
    bob.send(method == Method.INVITE ? SimPhone.withSdp(request, PHONE) : request);
    SipResponse ok = bob.expect(200);
    if (method == Method.INVITE) {
      bob.ack(call.calleeDialog(), ok, null);
    }
    return ok;
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"INVITE", "UPDATE"})
  void aPeerGivesUsTheDutyAndWeDoIt(Method method) {
    SimCall call = connect("uas");
    lab.advance(60_000);
    SipResponse ok = refresh(call, method, "uas");
    assertThat(ok.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("120;refresher=uas");

    for (int i = 0; i < 3; i++) {
      lab.advance(60_000);
      SipRequest ours = bob.expect(Method.UPDATE);
      assertThat(ours.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("120;refresher=uac");
      bob.reply(ours, 200, null, "Session-Expires: 120;refresher=uac");
    }
    call.hangUp();
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"INVITE", "UPDATE"})
  void aPeerTakesTheDutyAndWeLeaveItAlone(Method method) {
    SimCall call = connect("uac");
    lab.advance(60_000);
    bob.reply(bob.expect(Method.UPDATE), 200, null, "Session-Expires: 120;refresher=uac");
    lab.advance(30_000);
    SipResponse ok = refresh(call, method, "uac");
    assertThat(ok.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("120;refresher=uac");

    lab.advance(87_000);
    assertThat(bob.firstLines()).as("no refresh of ours").isEmpty();
    refresh(call, method, "uac");
    lab.advance(87_000);
    assertThat(bob.firstLines()).isEmpty();
    call.hangUp();
  }

  @Test
  void aPeerThatTookTheDutyAndForgetsItLosesTheCall() {
    SimCall call = connect("uac");
    refresh(call, Method.UPDATE, "uac");
    lab.advance(88_001);
    bob.reply(bob.expect(Method.BYE), 200, null);
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);
    assertThat(bye.headers().first(HeaderName.REASON)).contains("not refreshed");
  }

  @Test
  void theAnswerToOurRefreshMayGiveTheDutyBack() {
    SimCall call = connect("uac");
    lab.advance(60_000);
    bob.reply(
        bob.expect(Method.UPDATE),
        200,
        null,
        "Session-Expires: 120;refresher=uas",
        "Require: timer");
    lab.advance(87_000);
    assertThat(bob.firstLines()).as("no refresh of ours").isEmpty();
    refresh(call, Method.UPDATE, "uac");
    call.hangUp();
  }
}
