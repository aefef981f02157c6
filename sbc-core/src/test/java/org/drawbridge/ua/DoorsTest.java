package org.drawbridge.ua;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in while the program waits for its last call to end. */
final class DoorsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: { transport: udp, bind: "0.0.0.0:5060" }
          routes:
            - { name: urgent, when: { to: "112" }, to: { accounts: "1002" }, emergency: true }
            - { name: passed, when: { to: "8(.*)" }, set: { to: "$1" }, to: { registrar: true }, mode: proxy }
            - { name: inside, to: { registrar: true } }
          """,
          CallLimits.DEFAULTS);
  private final Doors doors = new Doors();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");

  @BeforeEach
  void guard() {
    lab.core().guard(doors);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipResponse refusal(String callee) {
    SipRequest invite = alice.invite(callee, OFFER);
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);
    return refusal;
  }

  @Test
  void aNewCallIsSentElsewhereAndACallThatIsUpGoesOn() {
    SimCall call = SimCall.connect(alice, OFFER, bob, ANSWER);
    doors.shut(false);
    assertThat(refusal("1002").headers().has(HeaderName.RETRY_AFTER)).isTrue();
    alice.send(call.callerDialog().request(Method.INFO));
    bob.reply(bob.expect(Method.INFO), 200, null);
    alice.expect(200);
    call.hangUp();
  }

  @Test
  void aCallThatWouldBePassedOnIsSentElsewhereToo() {
    doors.shut(false);
    refusal("81002");
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void anEmergencyCallIsTaken() {
    doors.shut(true);
    SipRequest invite = alice.invite("112", OFFER);
    bob.reply(bob.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
    bob.expect(Method.ACK);
  }

  @Test
  void whoAsksWhetherWeAreThereHearsThatWeSoonAreNot() {
    doors.shut(false);
    alice.send(
        alice.request(Method.OPTIONS, "1002").requestUri(SipUri.of(null, "example.com", -1)));
    alice.expect(503);
  }

  @Test
  void devicesStayUnlessTheyAreToGoToo() {
    doors.shut(false);
    alice.send(alice.request(Method.REGISTER, "1001"));
    alice.expect(200);
    doors.shut(true);
    alice.send(alice.request(Method.REGISTER, "1001"));
    assertThat(alice.expect(503).headers().has(HeaderName.RETRY_AFTER)).isTrue();
  }

  @Test
  void everybodyIsLetInAgain() {
    doors.shut(true);
    doors.open();
    SimCall.connect(alice, OFFER, bob, ANSWER).hangUp();
    alice.send(alice.request(Method.REGISTER, "1001"));
    alice.expect(200);
  }
}
