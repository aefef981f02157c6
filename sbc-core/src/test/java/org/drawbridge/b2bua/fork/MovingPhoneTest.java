package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Phones whose network changes while they ring. */
final class MovingPhoneTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Without the ACK it would hang up after half a minute. */
  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void oneThatAnswersFromElsewhereGetsItsAckThere(Transport transport) {
    SimPhone bob = lab.phone("1002", transport, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    bob.wire().deafen(); // nobody says that the connection is gone
    lab.comeBack(bob);
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    alice.endAnswered(invite, alice.expect(200), bob);
  }

  /** Else it would ring on for a caller who is gone. */
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
    alice.ackFailure(invite, alice.expect(487));

    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(arrived, 487, null);
    bob.expect(Method.ACK);
  }

  /** Its old connection seems open for as long as nobody misses a pong. */
  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP", "WSS"})
  void oneThatHasMovedInACallHearsOfItsEnd(Transport transport) {
    SimPhone bob = lab.phone("1002", transport, "192.0.2.22");
    String answer = transport == Transport.WSS ? Sdps.browserAnswer("192.0.2.22") : ANSWER;
    SimCall call = SimCall.connect(alice, OFFER, bob, answer);
    bob.wire().deafen();
    lab.comeBack(bob);
    alice.send(call.callerDialog().request(Method.BYE));
    bob.reply(bob.expect(Method.BYE), 200, null);
    alice.expect(200);
  }

  @Test
  void oneThatSignsInAgainSoonRingsAgain() {
    SimPhone bob = lab.phone("1002", Transport.WSS, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    lab.disconnect(bob, CloseCause.PEER_CLOSED);
    lab.advance(3_000);
    lab.comeBack(bob);
    lab.advance(500);
    SipRequest again = bob.expect(Method.INVITE);
    bob.reply(again, 200, Sdps.browserAnswer("192.0.2.22"));
    bob.expect(Method.ACK);
    alice.endAnswered(invite, alice.expect(200), bob);
  }

  @Test
  void oneThatDoesNotIsWaitedForAFewSeconds() {
    SimPhone bob = lab.phone("1002", Transport.WSS, "192.0.2.22");
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    alice.expect(180);
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
}
