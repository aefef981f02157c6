package org.drawbridge.proxy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody answers whose caller has been told already that nobody does (RFC 3261 section 16.7 items
 * 5 and 9): the caller hears of it and hangs up, so that the callee is in no dead call.
 */
final class LateAnswerTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 5000);

  private final Lab lab = ProxyLab.make();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone browser = lab.phone("1002", Transport.WSS, "192.0.2.23");

  @AfterEach
  void nothingIsLeft() {
    lab.advance(60_000);
    lab.assertClean();
  }

  @Test
  void anAnswerAfterTheRingTimePassesWhileTheFailureIsStillRepeated() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    browser.expect(Method.INVITE);
    lab.advance(30_100);
    SipResponse refusal = alice.expect(408);

    SipResponse sent = desk.reply(atDesk, 200, ANSWER);
    SipResponse ok = alice.expect(200);
    assertThat(ok.vias()).hasSize(1);
    assertThat(ok.bodyText()).isEqualTo(ANSWER);
    alice.clear();
    lab.advance(1_500);
    assertThat(alice.firstLines()).isNotEmpty().allMatch(line -> line.contains("408"));

    alice.clear();
    alice.ackFailure(invite, refusal);
    alice.sendAgain(invite);
    assertThat(alice.firstLines()).isEmpty();
    assertThat(desk.firstLines()).noneMatch(line -> line.startsWith("ACK"));
    desk.sendAgain(sent);
    assertThat(alice.expect(200).wire()).isEqualTo(ok.wire());
    ProxyLab.endAnswered(alice, invite, ok, desk);
  }

  @Test
  void anAnswerAfterARefusalForAllPassesThoughItsTransactionIsGone() {
    SimPhone caller = lab.phone("1003", Transport.WSS, "192.0.2.33");
    SipRequest invite = caller.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    browser.reply(browser.expect(Method.INVITE), 603, null);
    browser.expect(Method.ACK);
    caller.ackFailure(invite, caller.expect(603));
    lab.advance(10_000);

    desk.reply(atDesk, 200, ANSWER);
    ProxyLab.endAnswered(caller, invite, caller.expect(200), desk);
  }

  @Test
  void aTrunkHostThatAnswersAfterAllWereGivenUpIsHeard() {
    SimPhone first = lab.trunk("203.0.113.1");
    SimPhone second = lab.trunk("203.0.113.2");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    SipRequest atFirst = first.expect(Method.INVITE);
    lab.advance(5_000);
    second.reply(second.expect(Method.INVITE), 486, null);
    second.expect(Method.ACK);
    SipResponse refusal = alice.expect(486);
    alice.ackFailure(invite, refusal);

    first.reply(atFirst, 200, ANSWER);
    ProxyLab.endAnswered(alice, invite, alice.expect(200), first);
  }

  /** Of those whom a proxy behind the trunk rings, one answers after it has refused for all. */
  @ParameterizedTest
  @ValueSource(ints = {486, 487})
  void whoAnswersBehindATrunkAfterItsRefusalIsHeard(int refusal) {
    SimPhone trunk = lab.trunk("203.0.113.1");
    SipRequest invite = alice.invite("00442079460000", OFFER);
    SipRequest arrived = trunk.expect(Method.INVITE);
    trunk.reply(arrived, 180, null);
    if (refusal == 487) {
      alice.cancel(invite);
      trunk.reply(trunk.expect(Method.CANCEL), 200, null);
    }
    trunk.reply(arrived, refusal, null);
    trunk.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(refusal));
    alice.clear();
    SipResponse late =
        SimPhone.withSdp(SipResponse.to(arrived, 200, "OK", "late"), ANSWER)
            .header(HeaderName.CONTACT, "<sip:late@203.0.113.1>")
            .copy(arrived, HeaderName.RECORD_ROUTE)
            .build();
    trunk.wire().send(late.wire());

    ProxyLab.endAnswered(alice, invite, alice.expect(200), trunk);
    assertThat(lab.core().proxy().counted()).isZero();
  }

  @Test
  void theNextAddressOfATrunkDoesNotRingOnWhenTheFirstAnswersLate() {
    String hosts = "[ \"sip:203.0.113.1:5060\", \"sip:203.0.113.2:5060\" ]";
    Lab named =
        new Lab(ProxyLab.CONFIG.replace(hosts, "\"sip:acme.example\""), CallLimits.DEFAULTS);
    named.resolve("acme.example", "203.0.113.1", "203.0.113.2");
    SimPhone caller = named.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone first = named.trunk("203.0.113.1");
    SimPhone second = named.trunk("203.0.113.2");
    SipRequest invite = caller.invite("00442079460000", OFFER);
    SipRequest atFirst = first.expect(Method.INVITE);
    named.advance(5_010);
    SipRequest atSecond = second.expect(Method.INVITE);
    second.reply(atSecond, 180, null);
    first.reply(atFirst, 200, ANSWER);
    second.reply(second.expect(Method.CANCEL), 200, null);
    second.reply(atSecond, 487, null);

    ProxyLab.endAnswered(caller, invite, caller.expect(200), first);
    named.assertClean();
  }

  @Test
  void oneWhoIsHeardOfOnlyNowIsCancelledAndTheCallerNotTold() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    browser.expect(Method.INVITE);
    lab.advance(30_100);
    alice.ackFailure(invite, alice.expect(408));
    alice.clear();

    desk.reply(atDesk, 180, null);
    desk.reply(desk.expect(Method.CANCEL), 200, null);
    desk.reply(atDesk, 487, null);
    desk.expect(Method.ACK);
    assertThat(alice.firstLines()).isEmpty();
  }
}
