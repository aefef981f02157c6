package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Session timers of both sides, each by itself (RFC 4028). */
final class SessionTimerCallTest {

  private final Lab lab = new Lab();
  private final SimPhone browser = lab.phone("1001", Transport.WSS, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** As JsSIP calls: 90 s, refreshed by UPDATE at 45 s. */
  private SipResponse callAsJsSip(SipRequest[] invite) {
    invite[0] =
        browser.send(
            browser
                .invitation("1002", Sdps.browserOffer("192.0.2.11"))
                .header(HeaderName.SESSION_EXPIRES, "90"));
    bob.reply(bob.expect(Method.INVITE), 200, Sdps.phone("192.0.2.22", 4002));
    bob.expect(Method.ACK);
    return browser.expect(200);
  }

  @Test
  void aCallThatIsRefreshedLivesOn() {
    SipRequest[] invite = new SipRequest[1];
    SipResponse answer = callAsJsSip(invite);
    SimDialog dialog = browser.dialog(invite[0], answer);
    browser.ack(dialog, answer, null);
    assertThat(answer.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("90;refresher=uac");
    for (int i = 0; i < 5; i++) {
      lab.advance(45_000);
      browser.send(
          dialog
              .request(Method.UPDATE)
              .header(HeaderName.SUPPORTED, "timer")
              .header(HeaderName.SESSION_EXPIRES, "90;refresher=uac"));
      assertThat(browser.expect(200).headers().first(HeaderName.SESSION_EXPIRES))
          .isEqualTo("90;refresher=uac");
    }
    assertThat(lab.core().calls().size()).isEqualTo(1);
    browser.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void aCallThatIsNotRefreshedEndsForBoth() {
    SipRequest[] invite = new SipRequest[1];
    SipResponse answer = callAsJsSip(invite);
    browser.ack(browser.dialog(invite[0], answer), answer, null);
    lab.advance(90_000);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);
    browser.reply(browser.expect(Method.BYE), 200, null);

    assertThat(bye.headers().first(HeaderName.REASON)).contains("not refreshed");
  }

  @Test
  void aSideThatLeavesItToUsIsRefreshedByUs() {
    SimCall call =
        SimCall.connect(
            browser,
            Sdps.browserOffer("192.0.2.11"),
            bob,
            Sdps.phone("192.0.2.22", 4002),
            "Session-Expires: 120;refresher=uac",
            "Require: timer");
    lab.advance(60_000);
    SipRequest update = bob.expect(Method.UPDATE);
    bob.reply(update, 200, null, "Session-Expires: 120;refresher=uac");
    lab.advance(60_000);
    bob.reply(bob.expect(Method.UPDATE), 200, null, "Session-Expires: 120;refresher=uac");
    call.hangUp();

    assertThat(update.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("120;refresher=uac");
    assertThat(update.bodyLength()).isZero();
  }

  @Test
  void aShorterIntervalThanWeTakeIsNamed() {
    SipRequest invite =
        browser.send(
            browser
                .invitation("1002", Sdps.browserOffer("192.0.2.11"))
                .header(HeaderName.SESSION_EXPIRES, "30"));
    SipResponse refusal = browser.expect(422);
    browser.ackFailure(invite, refusal);

    assertThat(refusal.headers().first(HeaderName.MIN_SE)).isEqualTo("90");
  }

  @Test
  void aCalleeThatWantsALongerIntervalGetsIt() {
    SipRequest invite = browser.invite("1002", Sdps.browserOffer("192.0.2.11"));
    SipRequest first = bob.expect(Method.INVITE);
    bob.reply(first, 422, null, "Min-SE: 7200");
    SipRequest again = bob.expect(Method.INVITE);
    bob.reply(again, 486, null);
    browser.ackFailure(invite, browser.expect(486));

    assertThat(again.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo("7200");
    assertThat(again.callId()).isEqualTo(first.callId());
    assertThat(again.cseq().seq()).isEqualTo(first.cseq().seq() + 1);
  }
}
