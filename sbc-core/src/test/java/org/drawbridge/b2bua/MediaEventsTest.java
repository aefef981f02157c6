package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
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

/** What media tells of a call. */
final class MediaEventsTest {

  private final Lab lab = new Lab();
  private final SimPhone browser = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void connect() {
    SimCall.connect(browser, Sdps.browserOffer("192.0.2.11"), bob, Sdps.phone("192.0.2.22", 4002));
  }

  private void bothAreHungUpOnBecause(String words) {
    SipRequest first = browser.expect(Method.BYE);
    browser.reply(first, 200, null);
    SipRequest second = bob.expect(Method.BYE);
    bob.reply(second, 200, null);
    assertThat(first.headers().first(HeaderName.REASON)).contains(words);
    assertThat(second.headers().first(HeaderName.REASON)).contains(words);
  }

  @Test
  void aFailedHandshakeEndsTheCallAndSaysWhy() {
    connect();
    lab.plane().open().getFirst().listener().onFailed("the fingerprint is wrong");

    bothAreHungUpOnBecause("the fingerprint is wrong");
  }

  @Test
  void silenceEndsTheCall() {
    connect();
    lab.advance(3_000);
    lab.plane().open().getLast().listener().onSilent(60_000);

    bothAreHungUpOnBecause("No media from callee-1 for 60 s");
  }

  /** Of early media, which many phones send none of. */
  @Test
  void silenceFromBeforeTheAnswerEndsNothing() {
    connect();
    RelayListener callee = lab.plane().open().getLast().listener();
    callee.onSilent(60_000);
    lab.advance(60_000);
    callee.onSilent(120_000);

    bothAreHungUpOnBecause("No media from callee-1 for 120 s");
  }

  @Test
  void theLogTellsWhereMediaThatNeverCameMayHaveGoneAndPeersAreNotTold() {
    try (LogLines log = LogLines.of("org.drawbridge.call")) {
      connect();
      lab.advance(3_000);
      lab.plane().open().getLast().listener().onSilent(60_000);

      bothAreHungUpOnBecause("text=\"No media from callee-1 for 60 s\"");
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("INFO call.ended ")
                      .contains("none ever came; it has to reach the address of media.advertise")
                      .contains("media.rtp-ports"));
    }
  }

  @Test
  void aCallerThatTakesNoEarlyAnswerMayLetItRingForLong() {
    SipRequest invite = browser.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 183, Sdps.phone("192.0.2.22", 4002));
    browser.expect(183);
    RelayListener caller = lab.plane().open().getFirst().listener();
    lab.advance(25_000);
    caller.onUnreached("no ICE check from the peer");
    bob.reply(arrived, 200, Sdps.phone("192.0.2.22", 4002));
    SipResponse answer = browser.expect(200);
    bob.expect(Method.ACK);
    browser.ack(browser.dialog(invite, answer), answer, null);
    lab.advance(20_000);
    caller.onUnreached("no ICE check from the peer");
    lab.advance(30_000);
    caller.onUnreached("no ICE check from the peer");

    bothAreHungUpOnBecause("no ICE check from the peer within 30 s");
  }

  @Test
  void aFailureOfTheCallersMediaWhileItRingsEndsTheCall() {
    SipRequest invite = browser.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    lab.plane().open().getFirst().listener().onFailed("the fingerprint is wrong");
    browser.ackFailure(invite, browser.expect(480));
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    bob.reply(arrived, 487, null);
  }
}
