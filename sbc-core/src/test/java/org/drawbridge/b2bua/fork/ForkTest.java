package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.drawbridge.sim.Lab;
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

/** An account with several devices. */
final class ForkTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private final SimPhone browser = lab.phone("1002", Transport.WSS, "192.0.2.23");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void eachDeviceGetsAnOfferOfItsOwnKind() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 486, null);
    browser.reply(atBrowser, 486, null);
    alice.ackFailure(invite, alice.expect(486));

    assertThat(atDesk.bodyText()).contains(" RTP/AVP ").doesNotContain("fingerprint");
    assertThat(atBrowser.bodyText()).contains("UDP/TLS/RTP/SAVPF").contains("a=fingerprint:");
    assertThat(atDesk.callId()).isNotEqualTo(atBrowser.callId());
  }

  @Test
  void theFirstAnswerWinsAndTheOtherIsToldWhy() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 180, null);
    browser.reply(atBrowser, 180, null);
    desk.reply(atDesk, 200, ANSWER);
    desk.expect(Method.ACK);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    SipRequest cancel = browser.expect(Method.CANCEL);
    browser.reply(cancel, 200, null);
    browser.reply(atBrowser, 487, null);

    assertThat(cancel.headers().first(HeaderName.REASON))
        .isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
    assertThat(lab.plane().open()).as("the loser's media is released").hasSize(2);
    alice.send(dialog.request(Method.BYE));
    desk.reply(desk.expect(Method.BYE), 200, null);
  }

  @Test
  void whoAnswersAtTheSameMomentButLaterIsHungUpOn() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 200, ANSWER);
    browser.reply(atBrowser, 200, Sdps.browserAnswer("192.0.2.23"));
    browser.expect(Method.ACK);
    SipRequest unwanted = browser.expect(Method.BYE);
    browser.reply(unwanted, 200, null);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    alice.send(dialog.request(Method.BYE));
    desk.expect(Method.ACK);
    desk.reply(desk.expect(Method.BYE), 200, null);

    assertThat(unwanted.headers().first(HeaderName.REASON)).contains("completed elsewhere");
  }

  @Test
  void theBestFailureStandsForAll() {
    SipRequest invite = alice.invite("1002", OFFER);
    desk.reply(desk.expect(Method.INVITE), 503, null);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("SIP/2.0 5"));
    browser.reply(browser.expect(Method.INVITE), 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aDeclineForAllEndsTheRingingEverywhere() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    browser.reply(atBrowser, 180, null);
    desk.reply(atDesk, 603, null);
    alice.ackFailure(invite, alice.expect(603));
    browser.reply(browser.expect(Method.CANCEL), 200, null);

    browser.reply(atBrowser, 487, null);
  }

  @Test
  void onlyOneRingingIsPassedOnAndNoEarlyMediaThatOthersMayContradict() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest atDesk = desk.expect(Method.INVITE);
    SipRequest atBrowser = browser.expect(Method.INVITE);
    desk.reply(atDesk, 183, ANSWER);
    SipResponse progress = alice.expect(180);
    browser.reply(atBrowser, 180, null);
    desk.reply(atDesk, 183, ANSWER);
    assertThat(alice.firstLines()).noneMatch(line -> line.startsWith("SIP/2.0 18"));
    assertThat(progress.bodyLength()).isZero();
    assertThat(lab.plane().joins()).isEmpty();
    desk.reply(atDesk, 486, null);
    browser.reply(atBrowser, 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aSecondAnswerFromBehindTheSameContactIsHungUpOn() {
    SimPhone proxy = lab.phone("1005", Transport.UDP, "192.0.2.50");
    SipRequest invite = alice.invite("1005", OFFER);
    SipRequest arrived = proxy.expect(Method.INVITE);
    proxy.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    proxy.expect(Method.ACK);
    SipResponse other =
        SipResponse.to(arrived, 200, "OK", "another-fork")
            .header(HeaderName.CONTACT, "<sip:other@192.0.2.51>")
            .body("application/sdp", ANSWER.getBytes(StandardCharsets.UTF_8))
            .build();
    proxy.sendAgain(other);
    SipRequest bye = proxy.expect(Method.BYE);
    proxy.reply(bye, 200, null);
    alice.send(dialog.request(Method.BYE));
    proxy.reply(proxy.expect(Method.BYE), 200, null);

    assertThat(bye.toTag()).isEqualTo("another-fork");
  }

  @Test
  void devicesOfLowerPreferenceRingOnlyWhenTheOthersHaveFailed() {
    SimPhone first = lab.phone("1006", Transport.UDP, "192.0.2.60", 1000);
    SimPhone second = lab.phone("1006", Transport.UDP, "192.0.2.61", 500);
    SipRequest invite = alice.invite("1006", OFFER);
    SipRequest atFirst = first.expect(Method.INVITE);
    assertThat(second.firstLines()).isEmpty();
    first.reply(atFirst, 480, null);
    second.reply(second.expect(Method.INVITE), 486, null);

    alice.ackFailure(invite, alice.expect(486));
  }
}
