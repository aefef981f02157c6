package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing of one side may be found in any message to the other. */
final class TopologyHidingTest {

  private static final String ALICE_HOST = "192.0.2.11";
  private static final String BOB_HOST = "10.20.30.40";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, ALICE_HOST);
  private final SimPhone bob = lab.phone("1002", Transport.UDP, BOB_HOST);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void neitherSideLearnsAnythingOfTheOther() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", Sdps.phone(ALICE_HOST, 4000))
                .header(HeaderName.RECORD_ROUTE, "<sip:" + ALICE_HOST + ":5080;lr>")
                .header(HeaderName.ORGANIZATION, "alices-company")
                .header(HeaderName.CALL_INFO, "<http://" + ALICE_HOST + "/me.png>;purpose=icon")
                .header("X-Internal", "alices-secret")
                .header(HeaderName.SUBJECT, "Lunch")
                .header(HeaderName.P_ASSERTED_IDENTITY, "<sip:forged@" + ALICE_HOST + ">"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null, "X-Internal: bobs-secret");
    bob.reply(
        arrived,
        200,
        Sdps.phone(BOB_HOST, 4002),
        "Record-Route: <sip:" + BOB_HOST + ":5080;lr>",
        "Organization: bobs-company");
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    inTheCall(dialog, bob.dialog(arrived));

    assertThat(arrived.headers().first(HeaderName.SUBJECT)).isEqualTo("Lunch");
    assertThat(answer.recordRoutes()).as("of the caller's own route").hasSize(1);
    assertNothingOf(
        bob.everything(),
        List.of(
            ALICE_HOST,
            invite.callId(),
            "1001-tag",
            alice.userAgent(),
            "alices-",
            "forged",
            "1001-device",
            "z9hG4bK-1001"));
    assertNothingOf(
        alice.everything(),
        List.of(
            BOB_HOST,
            arrived.callId(),
            "1002-answers",
            bob.userAgent(),
            "bobs-",
            "1002-device",
            tagOf(arrived)));
  }

  private void inTheCall(SimDialog ofAlice, SimDialog ofBob) {
    alice.send(
        ofAlice
            .request(Method.INFO)
            .header(HeaderName.CONTACT, "<" + alice.contact() + ">")
            .body("text/plain", "hello".getBytes(StandardCharsets.UTF_8)));
    bob.reply(bob.expect(Method.INFO), 200, null);
    bob.send(
        SimPhone.withSdp(ofBob.request(Method.INVITE), Sdps.phone(BOB_HOST, 4002, 2, "sendonly")));
    SipRequest reinvite = alice.expect(Method.INVITE);
    alice.reply(reinvite, 200, Sdps.phone(ALICE_HOST, 4000, 2, "recvonly"));
    bob.ack(ofBob, bob.expect(200), null);
    bob.send(ofBob.request(Method.BYE).header(HeaderName.USER_AGENT, bob.userAgent()));
    alice.reply(alice.expect(Method.BYE), 200, null);
  }

  private static String tagOf(SipRequest request) {
    return Objects.requireNonNull(request.fromTag());
  }

  private static void assertNothingOf(List<String> messages, List<String> secrets) {
    assertThat(messages).isNotEmpty();
    for (String message : messages) {
      assertThat(message).doesNotContain(secrets);
    }
  }
}
