package org.drawbridge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.account.Aor;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Phones whose network changes while they ring for a call that is passed on. */
final class ProxyMovingPhoneTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String BROWSER = Sdps.browserAnswer("192.0.2.22");

  private Lab lab = ProxyLab.make();
  private SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");

  @AfterEach
  void nothingIsLeft() {
    lab.advance(13 * 3_600_000);
    lab.assertClean();
  }

  private void signsInAgainSoon() {
    SimPhone bob = lab.phone("1002", Transport.WSS, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    lab.disconnect(bob, CloseCause.PEER_CLOSED);
    lab.advance(3_000);
    assertThat(alice.firstLines()).containsExactly("SIP/2.0 180 Ringing");
    lab.comeBack(bob);
    lab.advance(500);
    SipRequest again = bob.expect(Method.INVITE);
    bob.reply(again, 180, null);
    bob.reply(again, 200, BROWSER);
    ProxyLab.endAnswered(alice, invite, alice.expect(200), bob);
  }

  @Test
  void oneThatSignsInAgainSoonRingsAgain() {
    signsInAgainSoon();
  }

  @Test
  void soItDoesWithMediaThroughUs() {
    lab = new Lab(ProxyLab.RELAYING, CallLimits.DEFAULTS);
    alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    signsInAgainSoon();
  }

  @Test
  void oneThatDoesNotIsWaitedForAFewSeconds() {
    SimPhone bob = lab.phone("1002", Transport.WSS, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    lab.disconnect(bob, CloseCause.LOST);
    alice.clear();
    lab.advance(4_900);
    assertThat(alice.firstLines()).isEmpty();
    lab.advance(200);
    alice.ackFailure(invite, alice.expect(503));
  }

  @Test
  void whoGivesUpMeanwhileIsNotCalledFor() {
    SimPhone bob = lab.phone("1002", Transport.WSS, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    lab.disconnect(bob, CloseCause.LOST);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    lab.comeBack(bob);
    lab.advance(5_000);
    assertThat(bob.firstLines()).isEmpty();
  }

  @Test
  void whoIsInACallIsToldOfItsEndAndNotAnotherWithTheSamePrivateAddress() {
    Aor bob = new Aor("1002", "example.com");
    SimPhone office = lab.device(bob, "192.0.2.71").inside("192.168.1.10");
    SimPhone home = lab.device(bob, "192.0.2.72").inside("192.168.1.10");
    office.signIn("office");
    home.signIn("home");
    SimCall call = ProxyLab.connect(home, OFFER, alice, Sdps.phone("192.0.2.11", 4000));
    alice.expect(Method.ACK);
    lab.disconnect(home, CloseCause.LOST);
    home.reconnect();
    home.signIn("home");

    alice.send(call.calleeDialog().request(Method.BYE));
    home.reply(home.expect(Method.BYE), 200, null);
    alice.expect(200);
    assertThat(office.everything()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void oneThatRingsElsewhereHearsThatTheCallerGaveUp(Transport transport) {
    SimPhone bob = lab.phone("1002", transport, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    bob.wire().deafen();
    lab.comeBack(bob);
    alice.cancel(invite);

    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(arrived, 487, null);
    bob.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(487));
  }
}
