package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several targets behind one trunk host (RFC 3263 section 4.3). */
final class TargetFailoverTest {

  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        carrier: { targets: "sip:carrier.example", try-timeout: 4s }
      routes:
        - name: outside
          when: { to: "[0-9]+" }
          to: { trunk: carrier }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone first = lab.trunk("203.0.113.1");
  private final SimPhone second = lab.trunk("203.0.113.2");

  @BeforeEach
  void publish() {
    lab.resolve("carrier.example", "203.0.113.1", "203.0.113.2");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void refuseAt(SimPhone target, int status, String... headers) {
    target.reply(target.expect(Method.INVITE), status, null, headers);
  }

  @Test
  void theNextTargetTakesTheCallThatTheFirstRefusesWith503() {
    SipRequest invite = alice.invite("5551", OFFER);
    refuseAt(first, 503);
    SipRequest arrived = second.expect(Method.INVITE);
    second.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, second);

    assertThat(arrived.requestUri().toString()).startsWith("sip:5551@carrier.example");
    assertThat(alice.firstLines()).noneMatch(line -> line.contains("503"));
  }

  @Test
  void silenceIsFollowedByTheNextTargetAfterTheTryTimeout() {
    SipRequest invite = alice.invite("5551", OFFER);
    first.expect(Method.INVITE);
    lab.advance(3_999);
    assertThat(second.firstLines()).isEmpty();
    lab.advance(10);
    refuseAt(second, 486);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aTargetThatHasSaidAnythingMayTakeItsTime() {
    SipRequest invite = alice.invite("5551", OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 100, null);
    lab.advance(20_000);
    assertThat(second.firstLines()).isEmpty();
    first.reply(arrived, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void anAnswerThatComesAfterTheTryTimeoutIsHungUp() {
    SipRequest invite = alice.invite("5551", OFFER);
    SipRequest late = first.expect(Method.INVITE);
    lab.advance(4_010);
    SipRequest taken = second.expect(Method.INVITE);
    second.reply(taken, 180, null);
    first.reply(late, 200, ANSWER);
    first.expect(Method.ACK);
    first.reply(first.expect(Method.BYE), 200, null);
    second.reply(taken, 486, null);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void whatTheCalledSideDecidesIsNotTriedElsewhere() {
    SipRequest invite = alice.invite("5551", OFFER);
    refuseAt(first, 486);
    alice.ackFailure(invite, alice.expect(486));
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void aTargetThatRangIsNotReplacedBehindTheCallersBack() {
    SipRequest invite = alice.invite("5551", OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 180, null);
    alice.expect(180);
    first.reply(arrived, 503, null);
    alice.ackFailure(invite, alice.expect(503));
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void theTargetThatFailedIsTriedLastForAsLongAsItAsked() {
    callThatFailsOver(first, second, "Retry-After: 120 (overloaded)");
    lab.advance(100_000);
    callAnsweredBusyBy(second);
    assertThat(first.firstLines()).isEmpty();
    lab.advance(100_000);
    callAnsweredBusyBy(first);
  }

  /** To be taken as a 500, which says nothing about other calls (RFC 3261 section 21.5.4). */
  @Test
  void aTargetThatCannotServeOneCallIsTriedFirstForTheNext() {
    callThatFailsOver(first, second);
    callAnsweredBusyBy(first);
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void withAllTargetsDownTheCallerHearsSoOnce() {
    SipRequest invite = alice.invite("5551", OFFER);
    lab.advance(4_010);
    lab.advance(4_010);
    first.expect(Method.INVITE);
    second.expect(Method.INVITE);
    alice.ackFailure(invite, alice.expect(408));
  }

  @Test
  void aCallerWhoGivesUpMeanwhileStopsTheSearch() {
    SipRequest invite = alice.invite("5551", OFFER);
    first.expect(Method.INVITE);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    lab.advance(40_000);
    assertThat(second.firstLines()).isEmpty();
  }

  @Test
  void anUnknownNameIsSaidToBeUnreachable() {
    lab.resolve("carrier.example");
    SipRequest invite = alice.invite("5551", OFFER);
    alice.ackFailure(invite, alice.expect(503));
  }

  @Test
  void theCallerIsNotToldWhereToTheCallWent() {
    lab.resolve("carrier.example", "203.0.113.77");
    SipRequest invite = alice.invite("5551", OFFER);
    SipResponse answer = alice.expect(503);
    alice.ackFailure(invite, answer);
    assertThat(answer.headers().values(HeaderName.WARNING))
        .containsExactly("399 drawbridge \"The called side cannot be reached\"");
  }

  @Test
  void aMessageGoesToTheNextTargetToo() {
    alice.send(alice.request(Method.MESSAGE, "5551").body("text/plain", new byte[] {'h', 'i'}));
    first.reply(first.expect(Method.MESSAGE), 503, null, "Retry-After: 5");
    second.reply(second.expect(Method.MESSAGE), 200, null);
    alice.expect(200);

    alice.send(alice.request(Method.MESSAGE, "5551").body("text/plain", new byte[] {'y', 'o'}));
    second.expect(Method.MESSAGE);
    lab.advance(4_010);
    first.reply(first.expect(Method.MESSAGE), 202, null);
    alice.expect(202);
  }

  @Test
  void aTargetThatCannotTakeOneMessageIsTriedFirstForTheNext() {
    alice.send(alice.request(Method.MESSAGE, "5551").body("text/plain", new byte[] {'h', 'i'}));
    first.reply(first.expect(Method.MESSAGE), 503, null);
    second.reply(second.expect(Method.MESSAGE), 200, null);
    alice.expect(200);

    alice.send(alice.request(Method.MESSAGE, "5551").body("text/plain", new byte[] {'y', 'o'}));
    first.reply(first.expect(Method.MESSAGE), 202, null);
    alice.expect(202);
  }

  private void callThatFailsOver(SimPhone from, SimPhone to, String... headers) {
    SipRequest invite = alice.invite("5551", OFFER);
    refuseAt(from, 503, headers);
    refuseAt(to, 486);
    alice.ackFailure(invite, alice.expect(486));
    from.clear();
    to.clear();
  }

  private void callAnsweredBusyBy(SimPhone target) {
    SipRequest invite = alice.invite("5551", OFFER);
    refuseAt(target, 486);
    alice.ackFailure(invite, alice.expect(486));
    target.clear();
  }
}
