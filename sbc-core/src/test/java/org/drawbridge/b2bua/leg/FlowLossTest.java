package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that close under a call. */
final class FlowLossTest {

  private final Lab lab = new Lab();
  private final SimPhone browser = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimCall call =
      SimCall.connect(
          browser, Sdps.browserOffer("192.0.2.11"), bob, Sdps.phone("192.0.2.22", 4002));

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void bobIsHungUpOn() {
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);
    assertThat(bye.headers().first(HeaderName.REASON)).contains("connection to caller is gone");
  }

  @Test
  void aReloadedPageEndsTheCallWithinSeconds() {
    lab.disconnect(browser, CloseCause.PEER_CLOSED);
    lab.advance(4_900);
    assertThat(bob.firstLines()).isEmpty();
    lab.advance(200);

    bobIsHungUpOn();
  }

  @Test
  void aLostConnectionHasLonger() {
    lab.disconnect(browser, CloseCause.LOST);
    lab.advance(31_900);
    assertThat(bob.firstLines()).isEmpty();
    lab.advance(200);

    bobIsHungUpOn();
  }

  /** Linphone closes its connection when its network goes, and keeps the call till it is back. */
  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void aPhoneThatClosesItsConnectionHasLongerToo(Transport transport) {
    SimPhone carol = lab.phone("1003", transport, "192.0.2.33");
    SimCall other =
        SimCall.connect(
            carol, Sdps.phone("192.0.2.33", 4006), browser, Sdps.browserAnswer("192.0.2.11"));
    lab.disconnect(carol, CloseCause.PEER_CLOSED);
    lab.advance(20_000);
    lab.comeBack(carol);
    lab.advance(20_000);

    other.hangUp();
    call.hangUp();
  }

  @Test
  void aLostConnectionDoesNotEndACallWhoseMediaStillArrives() {
    lab.disconnect(browser, CloseCause.LOST);
    for (int i = 0; i < 4; i++) {
      lab.plane().open().getFirst().hear();
      lab.advance(32_100);
      assertThat(lab.core().calls().size()).isEqualTo(1);
    }
    lab.advance(32_100);

    bobIsHungUpOn();
  }

  @Test
  void whoSignsInAgainKeepsTheCallAndIsReachedThere() {
    lab.disconnect(browser, CloseCause.PEER_CLOSED);
    lab.comeBack(browser);
    lab.advance(10_000);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);

    browser.reply(browser.expect(Method.BYE), 200, null);
  }

  @Test
  void whoSendsARequestFromANewConnectionKeepsTheCall() {
    lab.disconnect(browser, CloseCause.LOST);
    browser.reconnect();
    browser.send(call.callerDialog().request(Method.UPDATE));
    browser.expect(200);
    lab.advance(60_000);
    assertThat(lab.core().calls().size()).isEqualTo(1);

    call.hangUp();
  }

  /** A datagram tells nobody that it was lost; only the registration says where the phone is. */
  @Test
  void aPhoneThatSignsInFromAnotherPortOfItsNatIsReachedThere() {
    bob.wire().deafen();
    lab.comeBack(bob);

    call.hangUp();
  }

  @Test
  void aPhoneIsReachedWhereItsLastRequestCameFromThoughItSignedInBeforeThat() {
    bob.wire().deafen();
    bob.reconnect();
    bob.send(call.calleeDialog().request(Method.OPTIONS));
    bob.expect(200);

    call.hangUp();
  }

  private void bobHangsUpWhileTheBrowserIsGone() {
    lab.disconnect(browser, CloseCause.LOST);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
  }

  @Test
  void theOtherSideMayHangUpWhileOneIsGone() {
    bobHangsUpWhileTheBrowserIsGone();
    assertThat(lab.plane().open()).as("media").isEmpty();
    lab.advance(33_000);

    assertThat(lab.core().calls().size()).isZero();
  }

  /** It would stay in a call that is dead. */
  @Test
  void whoIsGoneForAMomentWhenTheOtherSideHangsUpHearsOfItWhenItIsBack() {
    bobHangsUpWhileTheBrowserIsGone();
    lab.advance(10_000);
    lab.comeBack(browser);
    lab.advance(1_000);

    browser.reply(browser.expect(Method.BYE), 200, null);
    assertThat(lab.core().calls().size()).isZero();
  }

  @Test
  void aPageThatLeftInOrderIsNotWaitedForAsLong() {
    lab.disconnect(browser, CloseCause.PEER_CLOSED);
    bob.send(call.calleeDialog().request(Method.BYE));
    bob.expect(200);
    lab.advance(6_000);

    assertThat(lab.core().calls().size()).isZero();
  }
}
