package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forking by a proxy (RFC 3261 sections 16.6 and 16.7). */
final class ProxyForkTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab lab = ProxyLab.make();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone browser = lab.phone("1002", Transport.WSS, "192.0.2.23");

  @AfterEach
  void nothingIsLeft() {
    lab.advance(13 * 3_600_000); // a call whose BYE nobody saw counts for half a day
    lab.assertClean();
  }

  private SipResponse fail(int status) {
    return alice.expect(status);
  }

  @Test
  void theFirstAnswerWinsAndTheOthersAreCancelled() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    assertThat(atDesk.topVia().branch()).isNotEqualTo(atBrowser.topVia().branch());
    browser.reply(atBrowser, 180, null);
    desk.reply(atDesk, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    SipRequest cancel = browser.expect(Method.CANCEL);
    assertThat(cancel.headers().first(HeaderName.REASON)).contains("completed elsewhere");
    browser.reply(cancel, 200, null);
    browser.reply(atBrowser, 487, null);
    browser.expect(Method.ACK);
    alice.ack(alice.dialog(invite, ok), ok, null);
    desk.expect(Method.ACK);
  }

  @Test
  void bothAnswersReachTheCallerWhenTheyCross() {
    SipRequest invite = alice.invite("1002", OFFER);
    desk.reply(desk.expect(Method.INVITE), 200, ANSWER);
    browser.reply(browser.expect(Method.INVITE), 200, ANSWER);
    SipResponse one = alice.expect(200);
    SipResponse two = alice.expect(200);
    assertThat(one.toTag()).isNotEqualTo(two.toTag());
    alice.ack(alice.dialog(invite, two), two, null);
    browser.expect(Method.ACK);
    alice.ack(alice.dialog(invite, one), one, null);
    desk.expect(Method.ACK);
  }

  @Test
  void theBestOfTheRefusalsIsPassedOn() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 480, null);
    assertThat(alice.firstLines()).isEmpty();
    browser.reply(atBrowser, 486, null, "X-Why: meeting");
    SipResponse refusal = fail(486);
    assertThat(refusal.headers().first("X-Why")).isEqualTo("meeting");
    assertThat(refusal.vias()).hasSize(1);
    alice.ackFailure(invite, refusal);
  }

  @Test
  void theLogSaysWhoRefusedAndWhoKeptSilent() {
    try (LogLines log = LogLines.of("org.drawbridge.proxy")) {
      SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
      SipRequest invite = alice.invite("1002", OFFER);
      desk.reply(desk.expect(Method.INVITE), 486, null, "Warning: 399 x \"in a meeting\"");
      browser.reply(browser.expect(Method.INVITE), 480, null);
      alice.ackFailure(invite, fail(486));
      SipRequest silent = alice.invite("1003", OFFER);
      SipRequest ringing = carol.expect(Method.INVITE);
      carol.reply(ringing, 180, null);
      lab.advance(30_100);
      carol.reply(carol.expect(Method.CANCEL), 200, null);
      carol.reply(ringing, 487, null);
      alice.ackFailure(silent, fail(408));

      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains("status=486")
                      && line.contains("1002@example.com: The called side answered 486 Busy Here")
                      && line.contains("; account:1002@example.com: The called side answered 480"))
          .anyMatch(
              line ->
                  line.endsWith(
                      "reason=\"account:1003@example.com: Nobody there answered in time\""));
    }
  }

  @Test
  void aRefusalForAllCancelsTheOthers() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 180, null);
    browser.reply(atBrowser, 603, null);
    SipRequest cancel = desk.expect(Method.CANCEL);
    desk.reply(cancel, 200, null);
    desk.reply(atDesk, 487, null);
    alice.ackFailure(invite, fail(603));
  }

  @Test
  void allChallengesAreCollected() {
    SipRequest invite = alice.invite("1002", OFFER);
    desk.reply(
        desk.expect(Method.INVITE), 401, null, "WWW-Authenticate: Digest realm=\"a\", nonce=\"1\"");
    browser.reply(
        browser.expect(Method.INVITE),
        407,
        null,
        "Proxy-Authenticate: Digest realm=\"b\", nonce=\"2\"");
    SipResponse refusal = fail(401);
    assertThat(refusal.headers().all(HeaderName.WWW_AUTHENTICATE)).hasSize(1);
    assertThat(refusal.headers().all(HeaderName.PROXY_AUTHENTICATE)).hasSize(1);
    alice.ackFailure(invite, refusal);
  }

  @Test
  void devicesOfLowerPreferenceWaitForTheirTurn() {
    SimPhone mobile = lab.phone("1005", Transport.UDP, "192.0.2.51", 500);
    SimPhone office = lab.phone("1005", Transport.UDP, "192.0.2.52", 900);
    SipRequest invite = alice.invite("1005", OFFER);
    SipRequest atOffice = office.expect(Method.INVITE);
    office.reply(atOffice, 180, null);
    assertThat(mobile.firstLines()).isEmpty();
    lab.advance(30_100);
    SipRequest cancel = office.expect(Method.CANCEL);
    office.reply(cancel, 200, null);
    office.reply(atOffice, 487, null);
    mobile.reply(mobile.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, fail(486));
  }

  @Test
  void nobodyAnswersInTime() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 180, null);
    browser.reply(atBrowser, 180, null);
    lab.advance(30_100);
    desk.reply(desk.expect(Method.CANCEL), 200, null);
    browser.reply(browser.expect(Method.CANCEL), 200, null);
    desk.reply(atDesk, 487, null);
    browser.reply(atBrowser, 487, null);
    SipResponse refusal = (SipResponse) alice.expect(408);
    alice.ackFailure(invite, refusal);
  }

  @Test
  void theNextHostOfATrunkIsTriedAndItsRequestsStayWithIt() {
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    SipRequest got = second.expect(Method.INVITE);
    assertThat(got.requestUri()).hasToString("sip:+442079460000@203.0.113.2:5060");
    assertThat(got.headers().first(HeaderName.P_ASSERTED_IDENTITY)).contains("sip:1001@");
    assertThat(got.headers().all("X-Customer")).containsExactly("4711");
    SimPhone other = lab.trunk("203.0.113.7");
    second.reply(recordedBy(got, "203.0.113.7"), 200, ANSWER);
    SipResponse ok = alice.expect(200);
    alice.ack(alice.dialog(invite, ok), ok, null);
    SipRequest ack = other.expect(Method.ACK);
    assertThat(ack.routes()).hasSize(1);
  }

  @Test
  void aTrunkHostThatKeepsSilentIsLeftForTheNext() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    first.expect(Method.INVITE);
    lab.advance(5_000);
    SipRequest got = second.expect(Method.INVITE);
    second.reply(got, 503, null);
    SipResponse refusal = alice.expect(408);
    alice.ackFailure(invite, refusal);
  }

  @Test
  void aTrunkHostThatIsBusyIsLeftForTheNext() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    first.reply(first.expect(Method.INVITE), 503, null);
    first.expect(Method.ACK);
    second.reply(second.expect(Method.INVITE), 200, ANSWER);
    SipResponse ok = alice.expect(200);
    alice.ack(alice.dialog(invite, ok), ok, null);
    second.expect(Method.ACK);
  }

  /** As if a proxy of the trunk had passed it on. */
  private static SipRequest recordedBy(SipRequest invite, String host) {
    return invite.edit().headerFirst(HeaderName.RECORD_ROUTE, "<sip:" + host + ":5062;lr>").build();
  }

  @Test
  void aTrunkCannotLeadUsOutOfItsNetwork() {
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone foreign = lab.trunk("198.51.100.99");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    trunk.reply(recordedBy(trunk.expect(Method.INVITE), "198.51.100.99"), 200, ANSWER);
    SipResponse ok = alice.expect(200);
    alice.ack(alice.dialog(invite, ok), ok, null);
    trunk.expect(Method.ACK);
    assertThat(foreign.firstLines()).isEmpty();
  }

  /** A carrier may call itself by a name everywhere, and closes connections that idle. */
  @Test
  void aTrunkWhoseConnectionIsGoneIsReachedAtItsTargets() {
    SimPhone server = lab.trunk("203.0.113.1");
    SimPhone stream = lab.stranger("trunk", "203.0.113.9", Transport.TCP, "203.0.113.9");
    SipRequest invite =
        stream.send(
            stream
                .invitation("1001", OFFER)
                .requestUri(SipUri.of("1001", "example.com", -1))
                .replace(HeaderName.CONTACT, "<sip:gw@sip.acme.example;transport=tcp>"));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, ANSWER);
    SipResponse ok = stream.expect(200);
    stream.ack(stream.dialog(invite, ok), ok, null);
    alice.expect(Method.ACK);
    lab.disconnect(stream, CloseCause.LOST);
    alice.send(alice.dialog(arrived).request(Method.BYE));
    SipRequest bye = server.expect(Method.BYE);
    assertThat(bye.requestUri()).hasToString("sip:gw@sip.acme.example;transport=tcp");
    server.reply(bye, 200, null);
    alice.expect(200);
  }

  /** RFC 3261 section 18.1.1 wants TCP for it, and some take the connection and say nothing. */
  @Test
  void aLargeInviteThatIsNotAnsweredOverTcpGoesOverUdp() {
    SimPhone stream = lab.trunk("203.0.113.1", Transport.TCP);
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite =
        alice.send(
            alice.invitation("00442079460000", OFFER).header("X-Padding", "x".repeat(1_300)));
    stream.expect(Method.INVITE);
    lab.advance(5_000);
    assertThat(second.firstLines()).as("its other address").isEmpty();
    first.reply(first.expect(Method.INVITE), 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }
}
