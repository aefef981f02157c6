package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that write what few others write, and are right or nearly so. */
final class OddPhoneTest {

  private static final String FROM = "From: <sip:1001@example.com>;tag=a";
  private static final String TO = "To: <sip:1002@example.com>";
  private static final String CONTACT = "Contact: <sip:1001@192.0.2.11:5062>";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void shortNamesFoldedLinesAndNoMaxForwards() {
    call(
        "sip:1002@example.com",
        "f:\"Zo\u00eb \\\"the\\\" Caller\"\r\n <sip:1001@example.com>\r\n\t;tag=a",
        "t :<sip:1002@example.com>",
        "m:\r\n <sip:1001@192.0.2.11:5062>");
    SipRequest arrived = rejected();
    assertThat(arrived.maxForwards()).isBetween(60, 70);
    assertThat(arrived.from().displayName()).isEqualTo("Zo\u00eb \"the\" Caller");
  }

  @Test
  void namesWithoutQuotes() {
    call("sip:1002@example.com", "From: Al of B <sip:1001@example.com>;tag=a", TO, CONTACT);
    assertThat(rejected().from().displayName()).isEqualTo("Al of B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:1002@EXAMPLE.com",
        "sip:1002@example.com:5060",
        "sip:1002@example.com;transport=UDP",
        "sip:1002@example.com;transport=tls",
        "sip:1002@example.com;user=phone",
        "sip:1002@198.51.100.1",
        "sip:1002@198.51.100.1:5060;transport=udp",
        "sip:%31002@example.com",
        "SIP:1002@example.com",
        "sips:1002@example.com",
        "sip:1002;phone-context=example.com@example.com;user=phone",
        "tel:1002;phone-context=example.com",
        "tel:1002",
      })
  void aNumberIsCalledHoweverItIsWritten(String target) {
    call(target, FROM, TO, CONTACT);
    rejected();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: sip:1001@example.com;tag=a",
        "From: \"1001\"<sip:1001@EXAMPLE.COM;user=phone>;tag=a",
        "From: <sip:1001;cpc=ordinary@example.com;User=Phone>;tag=a",
        "From: <sip:1001@198.51.100.1>;tag=a",
        "From: <sip:1001@example.com:5060;transport=UDP>;tag=a",
        "From: <sips:1001@example.com>;tag=a",
        "From: <tel:1001;phone-context=example.com>;tag=a",
      })
  void aCallerIsKnownHoweverItWritesItsName(String from) {
    call("sip:1002@example.com", from, TO, CONTACT);
    assertThat(rejected().from().uri().toString()).startsWith("sip:1001@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Contact: sip:1001@192.0.2.11:5062",
        "Contact: <sip:1001@192.0.2.11:5062;transport=UDP>;+sip.instance=\"<urn:uuid:1>\"",
        "Contact: <sip:1001@[2001:db8::7]:5062>",
        "Contact: <sips:1001@192.0.2.11:5061>",
        "Contact: \"A, B\" <sip:1001@192.0.2.11>;expires=60",
      })
  void aCallIsHungUpTowardWhateverContactItHas(String contact) {
    SipRequest invite = call("sip:1002@example.com", FROM, TO, contact);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = alice.expect(200);
    alice.ack(alice.dialog(invite, answer), answer, null);
    bob.expect(Method.ACK);

    bob.send(bob.dialog(arrived).request(Method.BYE));
    SipRequest bye = alice.expect(Method.BYE);
    assertThat(bye.requestUri()).isEqualTo(invite.contacts().getFirst().uri());
    alice.reply(bye, 200, null);
    bob.expect(200);
  }

  @Test
  void anAckWithoutMaxForwardsAndAByeWithFoldedTagsBelongToTheCall() {
    SipRequest invite = call("sip:1002@example.com", FROM, TO, CONTACT);
    bob.reply(bob.expect(Method.INVITE), 200, Sdps.phone("192.0.2.22", 4000));
    SipResponse answer = alice.expect(200);
    String to = "t:<sip:1002@example.com> ;\r\n tag=" + answer.to().tag();
    String target = answer.contacts().getFirst().uri().toString();
    raw("ACK", target, "z9hG4bKack", FROM, to, "");
    bob.expect(Method.ACK);
    raw("BYE", target, "z9hG4bKbye", FROM, to, "");

    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.expect(200);
    assertThat(invite.callId()).isEqualTo("odd@192.0.2.11");
  }

  /** Turns the call down that has arrived; returns how it came. */
  private SipRequest rejected() {
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 486, null);
    alice.expect(486);
    return arrived;
  }

  private SipRequest call(String target, String from, String to, String contact) {
    return raw("INVITE", target, "z9hG4bKinvite", from, to, contact);
  }

  private SipRequest raw(
      String method, String target, String branch, String from, String to, String contact) {
    String sdp = method.equals("INVITE") ? Sdps.phone("192.0.2.11", 4002) : "";
    String lines =
        String.join(
            "\r\n",
            method + " " + target + " SIP/2.0",
            "v:SIP/2.0/UDP 192.0.2.11:5062;rport;branch=" + branch,
            from,
            to,
            contact.isEmpty() ? "k:timer" : contact,
            "i:odd@192.0.2.11",
            "CSEQ: " + (method.equals("BYE") ? 8 : 7) + "   " + method,
            "proxy-authorization: Digest username=\"1001\"",
            sdp.isEmpty() ? "k:" : "c:application/sdp",
            "l:" + sdp.length(),
            "",
            sdp);
    return alice.sendRaw(lines.getBytes(StandardCharsets.UTF_8));
  }
}
