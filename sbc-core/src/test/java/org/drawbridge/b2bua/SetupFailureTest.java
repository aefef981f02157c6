package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that nobody takes. */
final class SetupFailureTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Kamailio and OpenSIPS write such warnings (sip_warning), FreeSWITCH such reasons. */
  @Test
  void whatARefusalSaysOfAddressesBehindUsStaysHere() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(
        bob.expect(Method.INVITE),
        480,
        null,
        "Reason: SIP;cause=480;text=\"[2001:db8::22]:5062 or fd00::1 is down.\"",
        "Warning: 392 192.0.2.22:5062 \"tells: pid=7 req_src_ip=10.1.2.3 req_src_port=5060"
            + " in_uri=sip:1002@192.0.2.22:5062 out_uri=sips:gw.bob.example:5061;lr via_cnt==2.\"");
    SipResponse refusal = alice.expect(480);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().all(HeaderName.REASON))
        .containsExactly("SIP;cause=480;text=\"* or * is down.\"");
    assertThat(refusal.headers().all(HeaderName.WARNING))
        .containsExactly(
            "392 drawbridge \"tells: pid=7 req_src_ip=* req_src_port=5060"
                + " in_uri=sip:* out_uri=sips:* via_cnt==2.\"");
  }

  @Test
  void busyPassesWithItsReasonAndWithoutTheNameOfWhoSaysIt() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(
        bob.expect(Method.INVITE),
        486,
        null,
        "Reason: Q.850;cause=17;text=\"User busy\"",
        "Warning: 370 192.0.2.22:5062 \"No room\"",
        "Retry-After: 60");
    SipResponse busy = alice.expect(486);
    alice.ackFailure(invite, busy);

    assertThat(busy.headers().all(HeaderName.REASON))
        .containsExactly("Q.850;cause=17;text=\"User busy\"");
    assertThat(busy.headers().all(HeaderName.WARNING))
        .containsExactly("370 drawbridge \"No room\"");
    assertThat(busy.headers().first(HeaderName.RETRY_AFTER)).isEqualTo("60");
    assertThat(busy.toTag()).isNotNull();
  }

  @Test
  void theLogTellsWhoRefused() {
    try (LogLines log = LogLines.of("org.drawbridge.call")) {
      SipRequest invite = alice.invite("1002", OFFER);
      bob.reply(bob.expect(Method.INVITE), 403, null);
      alice.ackFailure(invite, alice.expect(403));

      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("INFO call.failed ")
                      .contains("\"account:1002@example.com: The called side answered 403 "));
    }
  }

  /** Without it the caller could not know what to offer instead (RFC 3261 section 21.4.13). */
  @Test
  void whatTheCalleeWouldTakeInsteadIsTold() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(
        bob.expect(Method.INVITE),
        415,
        null,
        "Accept: application/sdp;level=1",
        "Accept-Encoding: gzip",
        "Accept-Language: en");
    SipResponse refusal = alice.expect(415);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().all(HeaderName.ACCEPT)).containsExactly("application/sdp;level=1");
    assertThat(refusal.headers().all(HeaderName.ACCEPT_ENCODING)).containsExactly("gzip");
    assertThat(refusal.headers().all(HeaderName.ACCEPT_LANGUAGE)).containsExactly("en");
  }

  /** A 405 says what may be asked instead (RFC 3261 section 21.4.6); others say what we do. */
  @ParameterizedTest
  @CsvSource({"405, true", "486, false"})
  void whichMethodsTheCalleeTakesIsToldWhereItTakesNoCalls(int status, boolean told) {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), status, null);
    SipResponse refusal = alice.expect(status);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().has(HeaderName.ALLOW)).isEqualTo(told);
  }

  /** The session timers of the two sides have nothing to do with one another. */
  @Test
  void aSessionIntervalThatTheCalleeFindsTooSmallIsNoMistakeOfTheCaller() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 422, null);
    SipResponse refusal = alice.expect(500);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("422");
  }

  /** We require nothing of a callee that the caller has asked for, so it can leave nothing out. */
  @Test
  void anExtensionThatTheCalleeDoesNotHaveIsNoMistakeOfTheCaller() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 420, null, "Unsupported: timer");
    SipResponse refusal = alice.expect(500);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("420");
  }

  /** To who called us, a 503 with Retry-After would mean to send no calls at all for that long. */
  @Test
  void aTargetThatTakesNoCallsForAWhileDoesNotSayThatWeTakeNone() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 503, null, "Retry-After: 3600");
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isFalse();
  }

  @Test
  void anInvitationThatExpiresIsTakenBack() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).header(HeaderName.EXPIRES, "20"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    lab.advance(19_999);
    assertThat(bob.firstLines()).isEmpty();
    lab.advance(1);
    alice.ackFailure(invite, alice.expect(487));
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(arrived, 487, null);
  }

  @Test
  void anInvitationThatIsAnsweredInTimeExpiresNoMore() {
    SipRequest invite =
        alice.send(alice.invitation("1002", OFFER).header(HeaderName.EXPIRES, "20"));
    bob.reply(bob.expect(Method.INVITE), 200, OFFER.replace("192.0.2.11", "192.0.2.22"));
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    bob.expect(Method.ACK);
    lab.advance(25_000);
    alice.send(dialog.request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void declinePasses() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);

    alice.ackFailure(invite, alice.expect(603));
  }

  @Test
  void anUnknownAccountIsNotFoundAndOneNotSignedInIsUnavailable() {
    lab.account("1003");
    SipRequest unknown = alice.invite("1999", OFFER);
    SipResponse notFound = alice.expect(404);
    alice.ackFailure(unknown, notFound);
    SipRequest absent = alice.invite("1003", OFFER);
    SipResponse unavailable = alice.expect(480);
    alice.ackFailure(absent, unavailable);

    assertThat(notFound.headers().first(HeaderName.WARNING)).contains("no such account");
    assertThat(unavailable.headers().first(HeaderName.WARNING)).contains("not signed in");
  }

  @Test
  void theLogTellsWhichAccountIsNotThere() {
    try (LogLines log = LogLines.of("org.drawbridge.call")) {
      SipRequest invite = alice.invite("1999", OFFER);
      SipResponse notFound = alice.expect(404);
      alice.ackFailure(invite, notFound);

      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("INFO call.failed ")
                      .contains("\"account:1999@example.com: There is no such account\""));
      assertThat(notFound.headers().first(HeaderName.WARNING)).doesNotContain("1999");
    }
  }

  @Test
  void whoRingsTooLongIsCancelledAndTheCallerHearsWhy() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.expect(180);
    lab.advance(29_900);
    assertThat(alice.firstLines()).noneMatch(line -> line.contains(" 4"));
    lab.advance(200);
    SipRequest cancel = bob.expect(Method.CANCEL);
    SipResponse timeout = alice.expect(480);
    alice.ackFailure(invite, timeout);
    bob.reply(cancel, 200, null);
    bob.reply(arrived, 487, null);

    assertThat(cancel.headers().first(HeaderName.REASON)).contains("cause=408");
    assertThat(timeout.headers().first(HeaderName.WARNING)).contains("Nobody answered");
    bob.expect(Method.ACK);
  }

  @Test
  void silenceIsATimeout() {
    SipRequest invite = alice.invite("1002", OFFER);
    lab.advance(33_000);

    alice.ackFailure(invite, alice.expect(408));
  }

  @Test
  void aCalleeWithoutACommonCodecIsHungUpOnAndTheCallerHearsWhy() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, Sdps.oddCodec("192.0.2.22", 4002));
    bob.expect(Method.ACK);
    bob.reply(bob.expect(Method.BYE), 200, null);
    SipResponse refusal = alice.expect(488);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.WARNING)).startsWith("399 drawbridge");
  }

  @Test
  void anAnswerWithoutSdpIsNoAnswer() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 200, null);
    bob.expect(Method.ACK);
    bob.reply(bob.expect(Method.BYE), 200, null);

    alice.ackFailure(invite, alice.expect(502));
  }

  @Test
  void anAnswerThatIsNoSdpIsNoMistakeOfTheCaller() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 200, "not a session description");
    bob.expect(Method.ACK);
    bob.reply(bob.expect(Method.BYE), 200, null);

    alice.ackFailure(invite, alice.expect(502));
  }

  @Test
  void whatConcernsOnlyUsAndTheCalleeIsNotPassedOn() {
    SipRequest challenged = alice.invite("1002", OFFER);
    bob.reply(
        bob.expect(Method.INVITE), 401, null, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
    alice.ackFailure(challenged, alice.expect(500));
    SipRequest redirected = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 302, null);
    SipResponse unavailable = alice.expect(480);
    alice.ackFailure(redirected, unavailable);

    assertThat(unavailable.contacts()).isEmpty();
  }

  @Test
  void aCallerWithoutMediaPortsHears503() {
    lab.plane().exhaust();
    SipRequest invite = alice.invite("1002", OFFER);
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isTrue();
  }

  @Test
  void malformedSdpIsABadRequest() {
    SipRequest invite = alice.invite("1002", "this is no session description");

    alice.ackFailure(invite, alice.expect(400));
  }
}
