package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.drawbridge.metrics.Counters;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Parts;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session descriptions that come as one of several parts (RFC 5621), and the other parts. */
final class MultipartCallTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);
  private static final String ISUP =
      "Content-Type: application/isup;version=itu-t92+\r\n"
          + "Content-Disposition: signal;handling=optional\r\n\r\n\u0001\u0000I";
  private static final String PLACE =
      "Content-Type: application/pidf+xml\r\nContent-ID: <here@example.com>\r\n\r\n<presence/>";

  private final Lab lab =
      new Lab(
          Lab.CONFIG.replace(
              "routes:\n",
              "routes:\n  - { name: help, when: { to: \"112\" }, emergency: true, to: { trunk: acme } }\n"),
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.TCP, "192.0.2.22");
  private final SimPhone acme = lab.trunk("203.0.113.1");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest call(String number, String... parts) {
    return alice.send(Parts.in(alice.invitation(number, null), parts));
  }

  private void refuse(SimPhone callee, SipRequest invite, SipRequest arrived) {
    callee.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void whatACarrierAddsForItsOwnKindStaysWithUs() {
    SipRequest invite = call("1002", ISUP, Parts.sdp(OFFER));
    SipRequest arrived = bob.expect(Method.INVITE);
    refuse(bob, invite, arrived);

    assertThat(arrived.contentType()).isEqualTo("application/sdp");
    assertThat(arrived.bodyText()).contains("m=audio").doesNotContain("192.0.2.11", "isup");
  }

  @Test
  void anAnswerAmongOtherPartsIsAnAnswer() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipResponse ok =
        Parts.in(
                SipResponse.to(arrived, 200, "OK", "bob-answers")
                    .header(HeaderName.CONTACT, "<" + bob.contact() + ">"),
                Parts.sdp(ANSWER),
                ISUP)
            .build();
    bob.wire().send(ok.wire());
    lab.settle();
    SipResponse answer = alice.expect(200);
    bob.expect(Method.ACK);
    alice.ack(alice.dialog(invite, answer), answer, null);

    assertThat(answer.contentType()).isEqualTo("application/sdp");
    assertThat(answer.bodyText()).contains("m=audio").doesNotContain("203.0.113.1");
    alice.send(alice.dialog(invite, answer).request(Method.BYE));
    alice.expect(200);
    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: application/x-strange | 415 | application/x-strange",
        "Content-Type: application/sdp!Content-Transfer-Encoding: base64 | 415 | encoded application/sdp",
        "Content-Type: multipart/mixed;boundary=none | 400 | do not end"
      })
  void aPartThatWouldHaveToBeUnderstoodIsNamed(String headers, int status, String words) {
    SipRequest invite = call("1002", Parts.sdp(OFFER), headers.replace("!", "\r\n") + "\r\n\r\nx");
    SipResponse refusal = alice.expect(status);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().first(HeaderName.WARNING)).contains(words);
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void tooManyPartsAreRefusedAndCounted() {
    String[] parts = new String[17];
    Arrays.fill(parts, ISUP);
    SipRequest invite = call("1002", parts);
    SipResponse refusal = alice.expect(400);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("more than 16 parts");
    assertThat(lab.counters().registry().get(Counters.LIMITS, "body-parts")).isEqualTo(1);
  }

  @Test
  void whoAnswersAnEmergencyLearnsWhereTheCallerIs() {
    SipRequest invite =
        alice.send(
            Parts.in(alice.invitation("112", null), Parts.sdp(OFFER), PLACE)
                .header(HeaderName.GEOLOCATION, "<cid:here@example.com>")
                .header("Geolocation-Routing", "yes"));
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, invite, arrived);

    assertThat(arrived.headers().first(HeaderName.GEOLOCATION)).isEqualTo("<cid:here@example.com>");
    assertThat(arrived.headers().first("Geolocation-Routing")).isEqualTo("yes");
    assertThat(arrived.contentType()).startsWith("multipart/mixed;boundary=");
    assertThat(arrived.bodyText())
        .contains("m=audio", "\r\n" + PLACE + "\r\n--")
        .doesNotContain("192.0.2.11");
  }

  @Test
  void anEmergencyWithoutAPlaceIsAnOrdinaryOffer() {
    SipRequest invite = alice.invite("112", OFFER);
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, invite, arrived);
    assertThat(arrived.contentType()).isEqualTo("application/sdp");
  }

  @Test
  void nobodyElseLearnsWhereTheCallerIs() {
    SipRequest invite =
        alice.send(
            Parts.in(alice.invitation("+442079460000", null), Parts.sdp(OFFER), PLACE)
                .header(HeaderName.GEOLOCATION, "<cid:here@example.com>"));
    SipRequest arrived = acme.expect(Method.INVITE);
    refuse(acme, invite, arrived);
    assertThat(arrived.contentType()).isEqualTo("application/sdp");
    assertThat(arrived.headers().has(HeaderName.GEOLOCATION)).isFalse();
    assertThat(arrived.bodyText()).doesNotContain("presence");
  }
}
