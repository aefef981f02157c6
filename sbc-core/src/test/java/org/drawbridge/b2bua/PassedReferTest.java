package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A route whose transfers the other side carries out. */
final class PassedReferTest {

  private final Lab lab =
      new Lab(
          Lab.CONFIG.replace(
              "to: { registrar: true }", "to: { registrar: true }\n    transfer: pass"),
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimCall call =
      SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest refer(String to) {
    return bob.send(
        call.calleeDialog()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, to)
            .header(HeaderName.REFERRED_BY, "<sip:1002@192.0.2.22>"));
  }

  private SipRequest told(String state, String body) {
    alice.send(
        call.callerDialog()
            .request(Method.NOTIFY)
            .header(HeaderName.EVENT, "refer")
            .header(HeaderName.SUBSCRIPTION_STATE, state)
            .body("message/sipfrag", body.getBytes(StandardCharsets.UTF_8)));
    alice.expect(200);
    SipRequest notify = bob.expect(Method.NOTIFY);
    bob.reply(notify, 200, null);
    return notify;
  }

  @Test
  void theReferAndWhatBecomesOfItCrossWithoutNamingAnyHost() {
    refer("<sip:1003@198.51.100.1:5060;transport=udp>");
    SipRequest passed = alice.expect(Method.REFER);
    alice.reply(passed, 200, null);
    bob.expect(202);
    SipRequest trying = told("active;expires=60", "SIP/2.0 100 Trying\r\n");
    SipRequest done =
        told(
            "terminated;reason=noresource",
            "SIP/2.0 486 Busy Here\r\nContact: <sip:secret@192.0.2.11>\r\n");
    call.hangUp();

    assertThat(passed.headers().first(HeaderName.REFER_TO)).isEqualTo("<sip:1003@example.com>");
    assertThat(passed.toString()).doesNotContain("192.0.2.22");
    assertThat(trying.bodyText()).isEqualTo("SIP/2.0 100 Trying\r\n");
    assertThat(trying.headers().first(HeaderName.SUBSCRIPTION_STATE)).startsWith("active");
    assertThat(done.bodyText()).isEqualTo("SIP/2.0 486 Busy Here\r\n");
    assertThat(done.headers().first(HeaderName.SUBSCRIPTION_STATE)).startsWith("terminated");
  }

  @Test
  void aRefusalOfTheOtherSidePasses() {
    refer("<sip:1003@example.com>");
    alice.reply(alice.expect(Method.REFER), 603, null);
    bob.expect(603);
    call.hangUp();
  }

  @Test
  void aTargetElsewhereIsNotPassedOn() {
    refer("<sip:1003@elsewhere.example>");
    bob.expect(403);
    assertThat(alice.firstLines()).isEmpty();
    call.hangUp();
  }

  @Test
  void aNotifyNobodyAskedForIsRefused() {
    alice.send(
        call.callerDialog()
            .request(Method.NOTIFY)
            .header(HeaderName.EVENT, "refer")
            .header(HeaderName.SUBSCRIPTION_STATE, "active")
            .body("message/sipfrag", "SIP/2.0 200 OK\r\n".getBytes(StandardCharsets.UTF_8)));
    alice.expect(481);
    assertThat(bob.firstLines()).isEmpty();
    call.hangUp();
  }
}
