package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A phone that takes a call of another one, which its PBX has told it of (RFC 5359 2.15). */
final class RelayedPickupTest {

  private static final String OFFER = Sdps.phone("192.0.2.7", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.5", 4002);

  private final RelayLab relay = new RelayLab();
  private final SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");
  private final SimPhone other = relay.phone("7002", Transport.TCP, "192.0.2.8");
  private final SimPhone pbx = relay.pbx;

  @AfterEach
  void nothingIsLeft() {
    relay.lab.assertClean();
  }

  private MessageBuilder<SipRequest> taking(String replaces) {
    return phone
        .invitation("7002", OFFER)
        .remove(HeaderName.PROXY_AUTHORIZATION)
        .header(HeaderName.REPLACES, replaces);
  }

  private void endAnswered(SipRequest invite, SipResponse answer) {
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, null);
    pbx.expect(Method.ACK);
    phone.send(dialog.request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    phone.expect(200);
  }

  @Test
  void aCallThatOnlyThePbxKnowsIsForThePbxToReplace() {
    relay.signIn(phone, 3600);
    SipRequest invite = phone.send(taking("of-the-pbx@203.0.113.5;to-tag=a;from-tag=b;early-only"));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 200, ANSWER);
    endAnswered(invite, phone.expect(200));

    assertThat(arrived.headers().first(HeaderName.REPLACES))
        .isEqualTo("of-the-pbx@203.0.113.5;to-tag=a;from-tag=b;early-only");
  }

  /** The PBX names it as it knows it, and we know it by that name too. */
  @Test
  void soIsOneThatRingsAtAnotherPhoneHere() {
    relay.signIn(phone, 3600);
    Uri alias = relay.signIn(other, 3600).contacts().getFirst().uri();
    SipRequest ringing =
        pbx.send(
            pbx.invitation("7002", ANSWER)
                .requestUri(alias)
                .remove(HeaderName.PROXY_AUTHORIZATION));
    SipRequest atOther = other.expect(Method.INVITE);
    other.reply(atOther, 180, null);
    String tag = pbx.expect(180).toTag();
    String named = ringing.callId() + ";to-tag=" + tag + ";from-tag=" + ringing.fromTag();
    SipRequest invite = phone.send(taking(named));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.cancel(ringing);
    pbx.ackFailure(ringing, pbx.expect(487));
    other.reply(other.expect(Method.CANCEL), 200, null);
    other.reply(atOther, 487, null);
    pbx.reply(arrived, 200, ANSWER);
    pbx.clear();
    SipResponse answer = phone.expect(200);
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, null);
    phone.send(dialog.request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    phone.expect(200);

    assertThat(arrived.headers().first(HeaderName.REPLACES)).isEqualTo(named);
  }

  @Test
  void itsOwnCallAPhoneGoesOnWithHere() {
    relay.signIn(phone, 3600);
    SipRequest invite =
        phone.send(phone.invitation("7002", OFFER).remove(HeaderName.PROXY_AUTHORIZATION));
    pbx.reply(pbx.expect(Method.INVITE), 200, ANSWER);
    SipResponse answer = phone.expect(200);
    phone.ack(phone.dialog(invite, answer), answer, null);
    pbx.expect(Method.ACK);
    SipRequest again =
        phone.send(
            taking(
                invite.callId() + ";to-tag=" + answer.toTag() + ";from-tag=" + invite.fromTag()));
    SipResponse taken = phone.expect(200);
    SimDialog dialog = phone.dialog(again, taken);
    phone.ack(dialog, taken, null);
    phone.reply(phone.expect(Method.BYE), 200, null);
    assertThat(pbx.firstLines()).isEmpty();

    phone.send(dialog.request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    phone.expect(200);
  }
}
