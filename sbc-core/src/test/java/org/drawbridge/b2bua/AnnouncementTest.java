package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.plane.Playback;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that hear something from us. */
final class AnnouncementTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      routes:
        - { name: busy, when: { to: "600" }, to: { service: announcement, tone: busy, status: 486 } }
        - name: closed
          when: { to: "601" }
          to: { service: announcement, tone: "425/200,0/100", answer: true, repeat: 3 }
        - name: wait
          when: { to: "602" }
          to: [ { service: announcement, tone: dial }, { registrar: true } ]
        - { name: inside, when: { to-domain: local }, to: { registrar: true } }
      """;

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone phone = lab.phone("1001", Transport.UDP, "192.0.2.21");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void over(int index) {
    lab.plane().played().get(index).ended().run();
    lab.settle();
  }

  @Test
  void earlyMediaIsHeardAndThenTheCallIsRefused() {
    SipRequest invite = phone.invite("600", Sdps.phone("192.0.2.21", 4000));
    SipResponse progress = phone.expect(183);
    assertThat(progress.bodyLength()).isPositive();
    Playback playback = lab.plane().played().getFirst();
    assertThat(playback.sound().read(new short[8000], 8000)).isEqualTo(8000);
    assertThat(playback.sound().read(new short[1], 1)).isZero();

    over(0);
    phone.ackFailure(invite, phone.expect(486));
  }

  @Test
  void anAnsweredOneHangsUpWithAReasonAtItsEnd() {
    SipRequest invite = phone.invite("601", Sdps.phone("192.0.2.21", 4000));
    SipResponse answer = phone.expect(200);
    phone.ack(phone.dialog(invite, answer), answer, null);
    assertThat(lab.plane().echoes()).isZero();
    assertThat(lab.plane().played().getFirst().sound().read(new short[9000], 9000)).isEqualTo(7200);

    over(0);
    SipRequest bye = phone.expect(Method.BYE);
    assertThat(HeaderPolicy.reasons(bye))
        .containsExactly("Q.850;cause=16;text=\"Announcement over\"");
    phone.reply(bye, 200, null);
  }

  /** What it gave up it would hear as noise, or not at all. */
  @Test
  void aCallerThatTakesAnotherCodecMeanwhileHearsItInThat() {
    String offer = Sdps.phone("192.0.2.21", 4000);
    SipRequest invite = phone.invite("601", offer);
    SipResponse answer = phone.expect(200);
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, null);
    String other = offer.replace("AVP 0 8 101", "AVP 8 101").replace("4711 1", "4711 2");
    phone.send(SimPhone.withSdp(dialog.request(Method.INVITE), other));
    phone.ack(dialog, phone.expect(200), null);
    assertThat(lab.plane().played()).extracting(Playback::payloadType).containsExactly(0, 8);
    phone.send(dialog.request(Method.BYE));
    phone.expect(200);
  }

  @Test
  void aCallerWithoutOfferHearsItOnceItHasAnswered() {
    SipRequest invite = phone.invite("601", null);
    SipResponse offer = phone.expect(200);
    assertThat(lab.plane().played()).isEmpty();
    SimDialog dialog = phone.dialog(invite, offer);
    phone.ack(dialog, offer, Sdps.phone("192.0.2.21", 4000));
    assertThat(lab.plane().played()).hasSize(1);
    phone.send(dialog.request(Method.BYE));
    phone.expect(200);
  }

  @Test
  void afterItTheNextTargetHasItsTurn() {
    SimPhone called = lab.phone("602", Transport.UDP, "192.0.2.22");
    SipRequest invite = phone.invite("602", Sdps.phone("192.0.2.21", 4000));
    phone.expect(183);
    called.clear();
    assertThat(called.firstLines()).isEmpty();

    over(0);
    SipRequest ringing = called.expect(Method.INVITE);
    called.reply(ringing, 180, null);
    assertThat(lab.plane().played()).hasSize(2); // the tone that the phone no longer makes itself
    called.reply(ringing, 486, null);
    phone.ackFailure(invite, phone.expect(486));
  }

  @Test
  void whoGivesUpMeanwhileHearsNoMore() {
    SipRequest invite = phone.invite("602", Sdps.phone("192.0.2.21", 4000));
    phone.expect(183);
    phone.cancel(invite);
    phone.expect(200);
    phone.ackFailure(invite, phone.expect(487));
    phone.clear();
    over(0);
    assertThat(phone.firstLines()).isEmpty();
  }
}
