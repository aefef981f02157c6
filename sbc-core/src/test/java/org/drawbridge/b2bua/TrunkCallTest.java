package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to and from trunks. */
final class TrunkCallTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);
  private static final String NUMBER = "+442079460000";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone first = lab.trunk("203.0.113.1");
  private final SimPhone second = lab.trunk("203.0.113.2");
  private final SimPhone beta = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void theTrunkSeesTheNumberAndAnIdentityItMayTrust() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(arrived.requestUri().toString()).startsWith("sip:+442079460000@203.0.113.1:5060");
    assertThat(arrived.from().toString()).startsWith("\"1001 name\" <sip:1001@example.com>;tag=");
    assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY))
        .contains("sip:1001@example.com");
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void aCallerWhoHidesIsKnownToTheTrunkOnly() {
    SipRequest invite =
        alice.send(alice.invitation(NUMBER, OFFER).header(HeaderName.PRIVACY, "id"));
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(arrived.from().toString())
        .startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
    assertThat(arrived.headers().first(HeaderName.PRIVACY)).isEqualTo("id");
    assertThat(arrived.headers().first(HeaderName.P_ASSERTED_IDENTITY)).contains("sip:1001@");
  }

  @Test
  void aProxyThatRecordedItselfGetsTheAckAndAllThatFollows() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 200, ANSWER, "Record-Route: <sip:192.0.2.77;lr>");
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));

    SipRequest ack = beta.expect(Method.ACK);
    assertThat(ack.headers().all(HeaderName.ROUTE)).containsExactly("<sip:192.0.2.77;lr>");
    SipRequest bye = beta.expect(Method.BYE);
    beta.reply(bye, 200, null);
    assertThat(first.firstLines()).isEmpty();
  }

  @Test
  void aCallGivenUpWhileTheWayToTheAnswerIsSoughtIsHungUp() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    SipResponse answer =
        SimPhone.withSdp(SipResponse.to(arrived, 200, "OK", "answers"), ANSWER)
            .header(HeaderName.CONTACT, "<sip:203.0.113.1>")
            .header(HeaderName.RECORD_ROUTE, "<sip:192.0.2.77;lr>")
            .build();
    first.wire().send(answer.wire());
    alice.cancel(invite);

    beta.expect(Method.ACK);
    beta.reply(beta.expect(Method.BYE), 200, null);
    alice.ackFailure(invite, alice.expect(487));
  }

  @Test
  void whoAnswersBehindTheProxyOfATrunkAfterItsFailureIsHungUpOn() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 486, null);
    first.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));

    lateAnswerIsHungUpOn(arrived);
  }

  @Test
  void whoAnswersBehindTheProxyOfATrunkAfterTheCallWasTakenBackIsHungUpOn() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 180, null);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    first.reply(first.expect(Method.CANCEL), 200, null);
    first.reply(arrived, 487, null);
    first.expect(Method.ACK);

    lateAnswerIsHungUpOn(arrived);
  }

  private void lateAnswerIsHungUpOn(SipRequest arrived) {
    SipResponse late =
        SimPhone.withSdp(SipResponse.to(arrived, 200, "OK", "late"), ANSWER)
            .header(HeaderName.CONTACT, "<sip:late@203.0.113.1>")
            .build();
    first.wire().send(late.wire());

    SipRequest ack = first.expect(Method.ACK);
    assertThat(ack.toTag()).isEqualTo("late");
    assertThat(ack.requestUri().toString()).isEqualTo("sip:late@203.0.113.1");
    assertThat(ack.topVia().branch()).isNotEqualTo(arrived.topVia().branch());
    SipRequest bye = first.expect(Method.BYE);
    assertThat(bye.toTag()).isEqualTo("late");
    first.reply(bye, 200, null);
    first.wire().send(late.wire());
    first.expect(Method.ACK);
    assertThat(first.firstLines()).isEmpty();
  }

  @Test
  void theNextHostAndTheNextTrunkAreTriedAndTheCallerDoesNotNotice() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    second.reply(second.expect(Method.INVITE), 500, null);
    SipRequest atBeta = beta.expect(Method.INVITE);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("SIP/2.0 5"));
    beta.reply(atBeta, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));

    beta.expect(Method.ACK);
    beta.reply(beta.expect(Method.BYE), 200, null);
  }

  @Test
  void aHostThatDoesNotRespondIsPassedOver() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.expect(Method.INVITE);
    lab.advance(5_010);
    second.reply(second.expect(Method.INVITE), 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aPersonWhoIsBusyIsNotCalledByAnotherTrunk() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.reply(first.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(second.firstLines()).isEmpty();
    assertThat(beta.firstLines()).isEmpty();
  }

  /** A call that nobody else takes, so that beta is asked and asks who we are. */
  private SipRequest challengedByBeta(String challenge) {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    second.reply(second.expect(Method.INVITE), 503, null);
    beta.reply(beta.expect(Method.INVITE), 407, null, "Proxy-Authenticate: " + challenge);
    return invite;
  }

  @Test
  void aTrunkThatAsksForCredentialsGetsThemAlsoInsideTheCall() {
    String challenge = "Digest realm=\"beta\", nonce=\"abc\", algorithm=MD5, qop=\"auth\"";
    SipRequest invite = challengedByBeta(challenge);
    beta.expect(Method.ACK);
    SipRequest authorized = beta.expect(Method.INVITE);
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .contains("username=\"me\"", "realm=\"beta\"", "nc=00000001")
        .doesNotContain("secret");
    beta.reply(authorized, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));
    beta.reply(beta.expect(Method.BYE), 407, null, "Proxy-Authenticate: " + challenge);
    SipRequest bye = beta.expect(Method.BYE);
    beta.reply(bye, 200, null);

    assertThat(bye.headers().has(HeaderName.PROXY_AUTHORIZATION)).isTrue();
    assertThat(bye.vias()).hasSize(1);
  }

  /** The ACK of a 2xx has the credentials of its INVITE (RFC 3261 section 22.1). */
  @Test
  void theAckOfALateAnswerHasTheCredentials() {
    SipRequest invite = challengedByBeta("Digest realm=\"beta\", nonce=\"a\"");
    SipRequest authorized = beta.expect(Method.INVITE);
    beta.reply(authorized, 486, null);
    alice.ackFailure(invite, alice.expect(486));
    beta.clear();
    beta.reply(authorized, 200, ANSWER);

    SipRequest ack = beta.expect(Method.ACK);
    assertThat(ack.headers().all(HeaderName.PROXY_AUTHORIZATION))
        .isEqualTo(authorized.headers().all(HeaderName.PROXY_AUTHORIZATION));
    beta.reply(beta.expect(Method.BYE), 200, null);
  }

  /** Who did not get them would keep the call, and charge for it. */
  @Test
  void theByeThatEndsALateAnswerHasTheCredentialsItIsAskedFor() {
    String challenge = "Digest realm=\"beta\", nonce=\"%s\"";
    SipRequest invite = challengedByBeta(challenge.formatted("a"));
    SipRequest authorized = beta.expect(Method.INVITE);
    beta.reply(authorized, 180, null);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    beta.reply(beta.expect(Method.CANCEL), 200, null);
    beta.reply(authorized, 200, ANSWER);
    beta.expect(Method.ACK);

    SipRequest refused = beta.expect(Method.BYE);
    beta.reply(refused, 407, null, "Proxy-Authenticate: " + challenge.formatted("b"));
    SipRequest bye = beta.expect(Method.BYE);
    beta.reply(bye, 407, null, "Proxy-Authenticate: " + challenge.formatted("c"));
    assertThat(bye.headers().first(HeaderName.PROXY_AUTHORIZATION)).contains("nonce=\"b\"");
    assertThat(bye.cseq().seq()).isGreaterThan(refused.cseq().seq());
    assertThat(bye.vias()).hasSize(1);
    assertThat(beta.firstLines()).noneMatch(line -> line.startsWith("BYE"));
  }

  /** An edge proxy and the server behind it, whose nonce is too old when it comes back. */
  @Test
  void eachWhoAsksForCredentialsGetsThem() {
    SipRequest invite = challengedByBeta("Digest realm=\"edge\", nonce=\"a\"");
    String core = "WWW-Authenticate: Digest realm=\"core\", nonce=\"%s\", stale=%s";
    beta.reply(beta.expect(Method.INVITE), 401, null, core.formatted("b", "false"));
    beta.reply(beta.expect(Method.INVITE), 401, null, core.formatted("c", "true"));
    SipRequest authorized = beta.expect(Method.INVITE);
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .contains("realm=\"edge\"");
    assertThat(authorized.headers().all(HeaderName.AUTHORIZATION))
        .singleElement()
        .asString()
        .contains("realm=\"core\"", "nonce=\"c\"");
    beta.reply(authorized, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);

    alice.send(dialog.request(Method.BYE));
    beta.reply(beta.expect(Method.BYE), 401, null, core.formatted("d", "false"));
    beta.reply(beta.expect(Method.BYE), 401, null, core.formatted("e", "true"));
    beta.reply(beta.expect(Method.BYE), 200, null);
  }

  @Test
  void aNonceThatIsAlwaysTooOldIsNotAnsweredForEver() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    second.reply(second.expect(Method.INVITE), 503, null);
    String challenge = "WWW-Authenticate: Digest realm=\"core\", nonce=\"a\", stale=true";
    for (int i = 0; i < 5; i++) {
      beta.reply(beta.expect(Method.INVITE), 401, null, challenge);
    }
    alice.ackFailure(invite, alice.expect(500));
  }

  @Test
  void wrongCredentialsEndInOneRefusalThatDoesNotNameThem() {
    SipRequest invite = alice.invite(NUMBER, OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    second.reply(second.expect(Method.INVITE), 503, null);
    String challenge = "WWW-Authenticate: Digest realm=\"beta\", nonce=\"abc\"";
    beta.reply(beta.expect(Method.INVITE), 401, null, challenge);
    beta.reply(beta.expect(Method.INVITE), 401, null, challenge);
    SipResponse refusal = alice.expect(500);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().has(HeaderName.WWW_AUTHENTICATE)).isFalse();
  }

  @Test
  void aTrunkCallsAnAccount() {
    SimPhone trunk = lab.trunk("203.0.113.9");
    SipRequest invite =
        trunk.send(
            trunk
                .invitation("ignored", ANSWER)
                .requestUri(SipUri.of("1001", "example.com", -1))
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .header(HeaderName.P_ASSERTED_IDENTITY, "<sip:+15550100@203.0.113.9>"));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 486, null);
    trunk.ackFailure(invite, trunk.expect(486));

    assertThat(arrived.from().uri().toString()).isEqualTo("sip:trunk@example.com");
    assertThat(arrived.headers().has(HeaderName.P_ASSERTED_IDENTITY)).isFalse();
  }
}
