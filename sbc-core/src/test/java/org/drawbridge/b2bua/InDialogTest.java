package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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

/** Requests inside an answered call. */
final class InDialogTest {

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimCall call =
      SimCall.connect(alice, Sdps.phone("192.0.2.11", 4000), bob, Sdps.phone("192.0.2.22", 4002));

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(names = {"INFO", "MESSAGE"})
  void bodiesPassAndAnswersComeBack(Method method) {
    alice.send(
        call.callerDialog()
            .request(method)
            .header(HeaderName.CONTENT_ENCODING, "gzip")
            .body("application/media_control+xml", bytes("Signal=5\r\n")));
    SipRequest passed = bob.expect(method);
    bob.reply(passed, 200, null);
    alice.expect(200);
    call.hangUp();

    assertThat(passed.bodyText()).isEqualTo("Signal=5\r\n");
    assertThat(passed.contentType()).isEqualTo("application/media_control+xml");
    assertThat(passed.headers().first(HeaderName.CONTENT_ENCODING)).isEqualTo("gzip");
    assertThat(passed.headers().has(HeaderName.PROXY_AUTHORIZATION)).isFalse();
  }

  @Test
  void refusalsOfTheOtherSidePassToo() {
    bob.send(call.calleeDialog().request(Method.INFO).body("text/plain", bytes("?")));
    alice.reply(alice.expect(Method.INFO), 415, null);
    bob.expect(415);

    call.hangUp();
  }

  @Test
  void aSideThatDoesNotRespondIsGivenUpBeforeTheSenderGivesUp() {
    alice.send(call.callerDialog().request(Method.INFO));
    lab.advance(25_100);
    alice.expect(504);
    lab.advance(10_000);
    bob.clear();

    call.hangUp();
  }

  @ParameterizedTest
  @EnumSource(names = "REGISTER")
  void whatIsNotServedIsNotAllowed(Method method) {
    alice.send(call.callerDialog().request(method));
    SipResponse refusal = alice.expect(405);
    call.hangUp();

    assertThat(refusal.headers().first(HeaderName.ALLOW))
        .contains("INVITE")
        .doesNotContain(method.token());
  }

  @Test
  void optionsAreAnsweredHere() {
    alice.send(call.callerDialog().request(Method.OPTIONS));
    SipResponse answer = alice.expect(200);
    call.hangUp();

    assertThat(answer.headers().first(HeaderName.ACCEPT)).startsWith("application/sdp");
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void anUnknownExtensionThatIsRequiredIsRefused() {
    alice.send(call.callerDialog().request(Method.INFO).header(HeaderName.REQUIRE, "teleport"));
    SipResponse refusal = alice.expect(420);
    call.hangUp();

    assertThat(refusal.headers().first(HeaderName.UNSUPPORTED)).isEqualTo("teleport");
  }

  @Test
  void requestsOutOfOrderAreRefused() {
    SipRequest late = call.callerDialog().request(Method.INFO).build();
    alice.send(call.callerDialog().request(Method.OPTIONS));
    alice.expect(200);
    alice.send(late.edit());
    alice.expect(500);

    call.hangUp();
  }

  @Test
  void aDialogNobodyKnowsDoesNotExist() {
    SipRequest forged =
        call.callerDialog().request(Method.BYE).replace(HeaderName.CALL_ID, "no-such-call").build();
    alice.send(forged.edit());
    alice.expect(481);

    call.hangUp();
  }

  @Test
  void theReasonOfAByeReachesTheOtherSide() {
    alice.send(
        call.callerDialog()
            .request(Method.BYE)
            .header(HeaderName.REASON, "Q.850;cause=16;text=\"Bye now\""));
    alice.expect(200);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);

    assertThat(bye.headers().first(HeaderName.REASON)).isEqualTo("Q.850;cause=16;text=\"Bye now\"");
  }

  @Test
  void byesThatCrossAreBothAnswered() {
    alice.send(call.callerDialog().request(Method.BYE));
    bob.send(call.calleeDialog().request(Method.BYE));
    SipRequest crossing = bob.expect(Method.BYE);
    bob.reply(crossing, 481, null);
    alice.expect(200);
    bob.expect(200);

    assertThat(lab.core().calls().size()).isZero();
  }

  @Test
  void aByeThatIsNeverAnsweredEndsByItself() {
    alice.send(call.callerDialog().request(Method.BYE));
    alice.expect(200);
    lab.advance(33_000);

    assertThat(lab.core().calls().size()).isZero();
  }

  @Test
  void theAnswerSaysNothingOfOurs() {
    String answer = call.answer().toString().toLowerCase(Locale.ROOT);
    call.hangUp();

    assertThat(answer).doesNotContain("server:").doesNotContain("user-agent:");
  }
}
