package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes of ours, and what may become of them (RFC 4028 sections 7.3 and 10). */
final class SessionRefreshTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String TIMER = "Session-Expires: 120;refresher=uac";

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SimCall connect(String... headers) {
    return SimCall.connect(alice, OFFER, bob, ANSWER, headers);
  }

  @Test
  void aLongerIntervalIsAskedForAgainAtOnce() {
    SimCall call = connect(TIMER, "Require: timer");
    lab.advance(60_000);
    SipRequest first = bob.expect(Method.UPDATE);
    bob.reply(first, 422, null, "Min-SE: 600");
    SipRequest again = bob.expect(Method.UPDATE);
    bob.reply(again, 200, null, "Session-Expires: 600;refresher=uac");
    lab.advance(200_000);
    assertThat(bob.firstLines()).isEmpty();
    call.hangUp();

    assertThat(again.headers().first(HeaderName.SESSION_EXPIRES)).startsWith("600");
    assertThat(again.headers().first(HeaderName.MIN_SE)).isEqualTo("600");
    assertThat(again.cseq().seq()).isEqualTo(first.cseq().seq() + 1);
  }

  @Test
  void whoAsksForEverMoreIsNotFollowed() {
    connect(TIMER, "Require: timer");
    lab.advance(60_000);
    for (int minSe = 200; minSe <= 500; minSe += 100) {
      bob.reply(bob.expect(Method.UPDATE), 422, null, "Min-SE: " + minSe);
    }
    assertThat(bob.firstLines()).isEmpty();
    lab.advance(60_000);
    bob.clear();
    alice.reply(alice.expect(Method.BYE), 200, null);

    lab.advance(40_000);
  }

  @Test
  void aPeerThatDoesNotRespondToItsRefreshIsGone() {
    connect("Session-Expires: 300;refresher=uac", "Require: timer");
    lab.advance(150_000);
    bob.expect(Method.UPDATE);
    lab.advance(32_000);
    SipRequest bye = alice.expect(Method.BYE);
    alice.reply(bye, 200, null);
    bob.clear();
    lab.advance(40_000);

    assertThat(bye.headers().first(HeaderName.REASON)).contains("does not respond");
  }

  /** Some lose what they do not expect, in the middle of a conversation. */
  @Test
  void aPeerThatSendsMediaAndAnswersNoUpdateIsRefreshedByInvite() {
    SimCall call = connect("Session-Expires: 300;refresher=uac", "Require: timer");
    lab.advance(150_000);
    bob.expect(Method.UPDATE);
    lab.plane().open().forEach(LabPlane.Port::hear);
    lab.advance(32_000);
    SipRequest refresh = bob.expect(Method.INVITE);
    bob.reply(refresh, 200, ANSWER, "Session-Expires: 300;refresher=uac");
    bob.expect(Method.ACK);
    bob.clear();
    assertThat(alice.firstLines()).isEmpty();
    call.hangUp();
  }

  /** Else its call would end as one that nobody has refreshed. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 488, 501})
  void whoSaysThatItAllowsUpdateAndDoesNotIsRefreshedByInvite(int status) {
    SimCall call = connect(TIMER, "Require: timer");
    lab.advance(60_000);
    bob.reply(bob.expect(Method.UPDATE), status, null);
    SipRequest refresh = bob.expect(Method.INVITE);
    bob.reply(refresh, 200, ANSWER, TIMER);
    bob.expect(Method.ACK);
    lab.advance(50_000);
    call.hangUp();

    assertThat(refresh.headers().first(HeaderName.SESSION_EXPIRES)).isEqualTo(TIMER.substring(17));
  }

  @Test
  void whoDoesNotAllowUpdateIsRefreshedByInvite() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    var ok =
        SipResponse.to(arrived, 200, "OK", "old-phone")
            .header(HeaderName.CONTACT, "<" + bob.contact() + ">")
            .header(HeaderName.SESSION_EXPIRES, "120;refresher=uac");
    bob.wire().send(SimPhone.withSdp(ok, ANSWER).build().wire());
    var answer = alice.expect(200);
    bob.expect(Method.ACK);
    var dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    lab.advance(60_000);
    SipRequest refresh = bob.expect(Method.INVITE);
    bob.reply(refresh, 491, null);
    lab.advance(2_200);
    SipRequest again = bob.expect(Method.INVITE);
    bob.reply(again, 200, ANSWER, TIMER);
    assertThat(again.bodyText()).contains("m=audio");
    bob.clear();
    alice.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }
}
