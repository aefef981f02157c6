package org.drawbridge.ua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.b2bua.CallCounters;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided about a request before anyone is called. */
final class UserAgentCoreTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(Lab.CONFIG, new CallLimits(1, 10, 3, 5_000, 32_000));
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeftAndNobodyWasCalled() {
    assertThat(bob.firstLines()).isEmpty();
    lab.assertClean();
  }

  private void refused(SipRequest invite, int status) {
    alice.ackFailure(invite, alice.expect(status));
  }

  @Test
  void anAccountHasToSignIn() {
    refused(
        alice.send(alice.invitation("1002", OFFER).remove(HeaderName.PROXY_AUTHORIZATION)), 407);
  }

  @Test
  void nobodyCallsInAnothersName() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .replace(HeaderName.FROM, "<sip:1009@example.com>;tag=x"));
    SipResponse refusal = alice.expect(403);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.WARNING)).contains("From must be the address");
  }

  @Test
  void strangersDoNotGetThrough() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(HeaderName.FROM, "<sip:someone@elsewhere.example>;tag=x"));

    refused(invite, 404);
  }

  /**
   * Who forges the address of somebody else must not have us send there eleven times what it sent
   * us once (RFC 3261 section 26.3.2.4).
   */
  @ParameterizedTest
  @CsvSource({
    "INVITE, example.com, 70, '', 407",
    "INVITE, elsewhere.example, 70, '', 404",
    "INVITE, elsewhere.example, 0, '', 483",
    "INVITE, elsewhere.example, 70, ;tag=guessed, 481",
    "MESSAGE, example.com, 70, '', 407",
    "MESSAGE, elsewhere.example, 70, '', 404",
    "SUBSCRIBE, elsewhere.example, 70, '', 404",
    "MESSAGE, elsewhere.example, 0, '', 483",
    "BYE, elsewhere.example, 70, ;tag=guessed, 481",
  })
  void whoHasNotShownWhoItIsIsRefusedOnceAndNothingIsKept(
      Method method, String domain, String hops, String toTag, int status) {
    SimPhone forger = lab.stranger("1002", domain, Transport.UDP, "192.0.2.99");
    SipRequest forged =
        forger.send(
            forger
                .request(method, "1002")
                .requestUri(SipUri.of("1002", "example.com", -1))
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(HeaderName.MAX_FORWARDS, hops)
                .replace(HeaderName.TO, "<sip:1002@example.com>" + toTag)
                .header(HeaderName.CONTACT, "<" + forger.contact() + ">")
                .header(HeaderName.EVENT, "dialog"));
    SipResponse refusal = forger.expect(status);
    assertThat(lab.core().transactions().size()).isZero();
    if (method == Method.INVITE) {
      forger.ackFailure(forged, refusal);
    }
    lab.advance(20_000);
    assertThat(forger.firstLines()).isEmpty();

    forger.sendAgain(forged);
    assertThat(forger.expect(status).toTag()).isEqualTo(refusal.toTag());
    assertThat(lab.core().transactions().size()).isZero();
    boolean isTold = method == Method.INVITE && toTag.isEmpty() && status != 407;
    assertThat(lab.counters().get(CallCounters.Kind.REFUSED)).isEqualTo(isTold ? 1 : 0);
  }

  /** A flood of these from forged addresses would leave no room for the requests of others. */
  @ParameterizedTest
  @CsvSource({
    "REGISTER, 0, 483",
    "OPTIONS, 70, 200",
  })
  void whatAnybodyMayAskIsAnsweredAndNothingIsKept(Method method, String hops, int status) {
    SimPhone stranger = lab.stranger("1001", "example.com", Transport.UDP, "192.0.2.99");
    SipRequest asked =
        stranger.send(
            stranger
                .request(method, "1001")
                .requestUri(SipUri.of(null, "example.com", -1))
                .replace(HeaderName.MAX_FORWARDS, hops)
                .remove(HeaderName.PROXY_AUTHORIZATION));
    stranger.expect(status);
    assertThat(lab.core().transactions().size()).isZero();

    stranger.sendAgain(asked);
    stranger.expect(status);
  }

  /** Its connection gives way where all places are taken. */
  @ParameterizedTest
  @CsvSource({
    "OPTIONS, true, 200, false",
    "MESSAGE, false, 407, false",
    "MESSAGE, true, 404, true",
  })
  void whoHasShownWhoItIsKeepsItsConnection(
      Method method, boolean isSigned, int status, boolean isKept) {
    SimPhone phone = lab.stranger("1001", "example.com", Transport.TCP, "192.0.2.77");
    MessageBuilder<SipRequest> request =
        phone
            .request(method, "1999")
            .requestUri(SipUri.of(method == Method.MESSAGE ? "1999" : null, "example.com", -1));
    phone.send(isSigned ? request : request.remove(HeaderName.PROXY_AUTHORIZATION));
    phone.expect(status);
    assertThat(phone.sbcEnd().isKept()).isEqualTo(isKept);
  }

  /** Its refusal could not be made again: credentials serve once. */
  @Test
  void whoHasAnsweredAChallengeIsRefusedUntilItAcknowledges() {
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite =
        carol.send(
            carol
                .invitation("1002", OFFER)
                .replace(HeaderName.FROM, "<sip:1009@example.com>;tag=x"));
    carol.expect(403);
    lab.advance(600);
    carol.ackFailure(invite, carol.expect(403));
    lab.advance(20_000);
    assertThat(carol.firstLines()).isEmpty();
  }

  @Test
  void nobodyRelaysToElsewhere() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .requestUri(SipUri.of("victim", "elsewhere.example", -1)));

    refused(invite, 404);
  }

  @Test
  void whoWantsToStayUnknownSignsInByHisPreferredIdentity() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1999", OFFER)
                .replace(HeaderName.FROM, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x")
                .header(HeaderName.P_PREFERRED_IDENTITY, "<sip:1001@example.com>")
                .header(HeaderName.PRIVACY, "id"));

    refused(invite, 404);
    SipRequest unsigned =
        alice.send(
            alice
                .invitation("1999", OFFER)
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(HeaderName.FROM, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x")
                .header(HeaderName.P_PREFERRED_IDENTITY, "<sip:1001@example.com>"));
    refused(unsigned, 407);
  }

  @Test
  void aRequestThatHasComeTooFarEnds() {
    refused(alice.send(alice.invitation("1002", OFFER).replace(HeaderName.MAX_FORWARDS, "0")), 483);
  }

  @Test
  void aRequiredExtensionWeDoNotKnowIsNamed() {
    SipRequest invite =
        alice.send(
            alice
                .invitation("1002", OFFER)
                .header(HeaderName.REQUIRE, "timer, 100rel, precondition, wonder"));
    SipResponse refusal = alice.expect(420);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.UNSUPPORTED)).isEqualTo("precondition, wonder");
  }

  /** Phones that hide may require it of whoever they call through (RFC 3323 section 4.3). */
  @Test
  void whoRequiresPrivacyIsServed() {
    refused(
        alice.send(alice.invitation("1999", OFFER).header(HeaderName.PROXY_REQUIRE, "privacy")),
        404);
  }

  @Test
  void aSchemeNobodyKnowsIsRefused() throws SipSyntaxException {
    refused(
        alice.send(alice.invitation("1002", OFFER).requestUri(Uri.parse("urn:isbn:0451450523"))),
        416);
  }

  @Test
  void aBodyThatIsNoSdpIsNotUnderstood() {
    refused(alice.send(alice.invitation("1002", null).body("text/plain", new byte[] {'x'})), 415);
  }

  @ParameterizedTest
  @CsvSource({
    "REFER,400",
    "SUBSCRIBE,489",
    "PUBLISH,489",
    "NOTIFY,481",
    "BYE,481",
    "INFO,481",
    "UPDATE,481"
  })
  void whatIsNotServedOutsideADialogIsSaid(Method method, int status) {
    alice.send(alice.request(method, "1002"));

    SipResponse refusal = alice.expect(status);
    assertThat(refusal.headers().first(HeaderName.WARNING)).startsWith("399 drawbridge");
    assertThat(refusal.headers().has(HeaderName.ALLOW_EVENTS)).isEqualTo(status == 489);
  }

  @Test
  void aMethodNobodyKnowsIsAnsweredWithThoseWeKnow() {
    SipRequest like = alice.request(Method.OPTIONS, "1002").build();
    alice.send(
        SipRequest.builder("TELEPORT", like.requestUri())
            .copy(like, HeaderName.FROM)
            .copy(like, HeaderName.TO)
            .copy(like, HeaderName.CALL_ID)
            .header(HeaderName.CSEQ, "1 TELEPORT"));

    assertThat(alice.expect(405).headers().first(HeaderName.ALLOW)).contains("INVITE", "UPDATE");
  }

  @Test
  void optionsAreAnsweredEvenAtTheEndOfTheirWay() {
    alice.send(alice.request(Method.OPTIONS, "1002").replace(HeaderName.MAX_FORWARDS, "0"));
    SipResponse answer = alice.expect(200);

    assertThat(answer.headers().first(HeaderName.ALLOW)).contains("INVITE");
    assertThat(answer.headers().first(HeaderName.ACCEPT)).startsWith("application/sdp");
    assertThat(answer.headers().first(HeaderName.SUPPORTED))
        .isEqualTo("timer, replaces, norefersub");
  }

  @Test
  void registrationsGoToTheRegistrar() {
    alice.send(alice.request(Method.REGISTER, "1001"));

    alice.expect(200);
  }

  @Test
  void oneCallMoreThanAllowedIsTurnedAwayForAWhile() {
    SipRequest held = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipRequest invite = alice.invite("1002", OFFER);
    SipResponse refusal = alice.expect(503);
    alice.ackFailure(invite, refusal);
    bob.reply(arrived, 486, null);
    refused(held, 486);
    bob.expect(Method.ACK);

    assertThat(refusal.headers().has(HeaderName.RETRY_AFTER)).isTrue();
    assertThat(lab.counters().get(CallCounters.Kind.OVERLOADED)).isEqualTo(1);
  }

  @Test
  void aRequestThatComesByTwoWaysIsTakenOnce() {
    SipRequest first = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    SipRequest second = alice.send(first.edit().remove(HeaderName.VIA));
    refused(second, 482);
    bob.reply(arrived, 486, null);
    bob.expect(Method.ACK);

    refused(first, 486);
  }
}
