package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones of a PBX that send a call elsewhere: the PBX knows the numbers, we do not. */
final class RelayedTransferTest {

  private final RelayLab relay = new RelayLab();
  private final SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");
  private final SimPhone pbx = relay.pbx;

  @AfterEach
  void nothingIsLeft() {
    relay.lab.assertClean();
  }

  /** A call that the PBX has answered, as both ends know it. */
  private record Talk(SimDialog ofPhone, SimDialog ofPbx) {
    /** As the phone names it to us. */
    String replaces() {
      SipRequest request = ofPhone.request(Method.OPTIONS).build();
      return named(request.callId(), request.toTag(), request.fromTag());
    }

    /** As the PBX knows it. */
    String atPbx() {
      SipRequest request = ofPbx.request(Method.OPTIONS).build();
      return named(request.callId(), request.fromTag(), request.toTag());
    }

    private static String named(String callId, @Nullable String toTag, @Nullable String fromTag) {
      String value = callId + ";to-tag=" + toTag + ";from-tag=" + fromTag;
      return "<sip:7002@pbx.example?Replaces="
          + URLEncoder.encode(value, StandardCharsets.UTF_8)
          + ">";
    }
  }

  private Talk callThePbx() {
    relay.signIn(phone, 3600);
    return call();
  }

  private Talk call() {
    SipRequest invite =
        phone.send(
            phone
                .invitation("7002", Sdps.phone("192.0.2.7", 4000))
                .remove(HeaderName.PROXY_AUTHORIZATION));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 200, Sdps.phone("203.0.113.5", 4002));
    SipResponse answer = phone.expect(200);
    SimDialog dialog = phone.dialog(invite, answer);
    phone.ack(dialog, answer, null);
    pbx.expect(Method.ACK);
    return new Talk(dialog, pbx.dialog(arrived));
  }

  private void hangUp(SimDialog dialog) {
    phone.send(dialog.request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    phone.expect(200);
  }

  @Test
  void thePbxCarriesOutATransferOfItsPhone() {
    SimDialog dialog = callThePbx().ofPhone();
    phone.send(dialog.request(Method.REFER).header(HeaderName.REFER_TO, "<sip:7003@pbx.example>"));
    SipRequest refer = pbx.expect(Method.REFER);
    pbx.reply(refer, 202, null);
    phone.expect(202);
    hangUp(dialog);

    assertThat(refer.headers().first(HeaderName.REFER_TO)).isEqualTo("<sip:7003@pbx.example>");
  }

  /** So it knows who talks to whom, and shows it. */
  @Test
  void thePbxJoinsTwoCallsOfItsPhoneThatItHasBoth() {
    Talk first = callThePbx();
    Talk second = call();
    phone.send(
        first.ofPhone().request(Method.REFER).header(HeaderName.REFER_TO, second.replaces()));
    SipRequest refer = pbx.expect(Method.REFER);
    pbx.reply(refer, 202, null);
    phone.expect(202);
    pbx.send(
        pbx.notification(first.ofPbx(), "refer", "terminated;reason=noresource")
            .body("message/sipfrag", "SIP/2.0 200 OK\r\n".getBytes(StandardCharsets.UTF_8)));
    pbx.expect(200);
    SipRequest notify = phone.expect(Method.NOTIFY);
    phone.reply(notify, 200, null);
    pbx.send(first.ofPbx().request(Method.BYE));
    pbx.send(second.ofPbx().request(Method.BYE));
    phone.reply(phone.expect(Method.BYE), 200, null);
    phone.reply(phone.expect(Method.BYE), 200, null);
    pbx.expect(200);
    pbx.expect(200);

    assertThat(refer.headers().first(HeaderName.REFER_TO)).isEqualTo(second.atPbx());
    assertThat(notify.bodyText()).startsWith("SIP/2.0 200");
  }

  @Test
  void thePhoneAnswersAChallengeBeforeItsTwoCallsAreJoined() {
    Talk first = callThePbx();
    Talk second = call();
    phone.send(
        first.ofPhone().request(Method.REFER).header(HeaderName.REFER_TO, second.replaces()));
    pbx.reply(pbx.expect(Method.REFER), 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    phone.expect(407);
    phone.send(
        first
            .ofPhone()
            .request(Method.REFER)
            .header(HeaderName.REFER_TO, second.replaces())
            .header(HeaderName.PROXY_AUTHORIZATION, RelayLab.CREDENTIALS));
    SipRequest refer = pbx.expect(Method.REFER);
    pbx.reply(refer, 202, null);
    phone.expect(202);
    hangUp(first.ofPhone());
    hangUp(second.ofPhone());

    assertThat(refer.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .isEqualTo(RelayLab.CREDENTIALS);
  }

  @Test
  void whatThePbxDoesNotJoinIsJoinedHere() {
    Talk first = callThePbx();
    Talk second = call();
    phone.send(
        first.ofPhone().request(Method.REFER).header(HeaderName.REFER_TO, second.replaces()));
    pbx.reply(pbx.expect(Method.REFER), 405, null);
    phone.expect(202);
    phone.reply(phone.expect(Method.NOTIFY), 200, null);
    phone.reply(phone.expect(Method.NOTIFY), 200, null);
    phone.reply(phone.expect(Method.BYE), 200, null);
    phone.reply(phone.expect(Method.BYE), 200, null);
    pbx.send(first.ofPbx().request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    pbx.expect(200);

    assertThat(pbx.firstLines()).isEmpty();
  }

  /** Not every PBX joins a call that rings. */
  @Test
  void aCallThatStillRingsIsJoinedHere() {
    Talk first = callThePbx();
    SipRequest invite =
        phone.send(
            phone
                .invitation("7002", Sdps.phone("192.0.2.7", 4000))
                .remove(HeaderName.PROXY_AUTHORIZATION));
    SipRequest arrived = pbx.expect(Method.INVITE);
    pbx.reply(arrived, 180, null);
    SipResponse ringing = phone.expect(180);
    String replaces = Talk.named(invite.callId(), ringing.toTag(), invite.fromTag());
    phone.send(first.ofPhone().request(Method.REFER).header(HeaderName.REFER_TO, replaces));
    phone.expect(202);
    phone.reply(phone.expect(Method.NOTIFY), 200, null);
    phone.reply(phone.expect(Method.NOTIFY), 200, null);
    phone.cancel(invite);
    phone.expect(200);
    phone.ackFailure(invite, phone.expect(487));
    pbx.reply(arrived, 200, Sdps.phone("203.0.113.5", 4002));
    pbx.expect(Method.ACK);
    phone.reply(phone.expect(Method.NOTIFY), 200, null);
    phone.reply(phone.expect(Method.BYE), 200, null);
    pbx.send(first.ofPbx().request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 200, null);
    pbx.expect(200);

    assertThat(pbx.firstLines()).isEmpty();
  }

  /** Only the phone has the password: some PBXs ask for it again inside a call. */
  @ParameterizedTest
  @EnumSource(names = {"REFER", "INFO"})
  void thePhoneAnswersAChallengeInsideItsCall(Method method) {
    SimDialog dialog = callThePbx().ofPhone();
    phone.send(wish(dialog, method));
    pbx.reply(pbx.expect(method), 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    SipResponse challenge = phone.expect(407);
    phone.send(wish(dialog, method).header(HeaderName.PROXY_AUTHORIZATION, RelayLab.CREDENTIALS));
    SipRequest authorized = pbx.expect(method);
    pbx.reply(authorized, 202, null);
    phone.expect(202);
    hangUp(dialog);

    assertThat(challenge.headers().first(HeaderName.PROXY_AUTHENTICATE))
        .isEqualTo(RelayLab.CHALLENGE);
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .isEqualTo(RelayLab.CREDENTIALS);
  }

  /** Else the PBX would think that they talk, and charge for it. */
  @Test
  void thePhoneAnswersAChallengeToItsBye() {
    SimDialog dialog = callThePbx().ofPhone();
    phone.send(dialog.request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    phone.expect(407);
    phone.send(
        dialog
            .request(Method.BYE)
            .header(HeaderName.PROXY_AUTHORIZATION, RelayLab.CREDENTIALS)
            .header(HeaderName.REASON, "Q.850;cause=16"));
    SipRequest authorized = pbx.expect(Method.BYE);
    pbx.reply(authorized, 200, null);
    phone.expect(200);

    assertThat(pbx.firstLines()).isEmpty();
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .isEqualTo(RelayLab.CREDENTIALS);
    assertThat(authorized.headers().first(HeaderName.REASON)).isEqualTo("Q.850;cause=16");
  }

  @Test
  void theCallIsOverWhenThePhoneDoesNotSignItsBye() {
    phone.send(callThePbx().ofPhone().request(Method.BYE));
    pbx.reply(pbx.expect(Method.BYE), 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    phone.expect(407);
    relay.lab.advance(4_100);

    assertThat(relay.lab.core().calls().size()).isZero();
    assertThat(phone.firstLines()).isEmpty();
  }

  @Test
  void aPbxThatDoesNotAnswerAByeKeepsNoPhoneWaiting() {
    phone.send(callThePbx().ofPhone().request(Method.BYE));
    pbx.expect(Method.BYE);
    relay.lab.advance(4_100);

    phone.expect(200);
    assertThat(relay.lab.core().calls().size()).isZero();
  }

  @Test
  void thePhoneAnswersAChallengeToItsHold() {
    String hold = Sdps.phone("192.0.2.7", 4000, 2, "sendonly");
    SimDialog dialog = callThePbx().ofPhone();
    SipRequest first = phone.send(SimPhone.withSdp(dialog.request(Method.INVITE), hold));
    SipRequest refused = pbx.expect(Method.INVITE);
    pbx.reply(refused, 407, null, "Proxy-Authenticate: " + RelayLab.CHALLENGE);
    pbx.expect(Method.ACK);
    SipResponse challenge = phone.expect(407);
    phone.ackFailure(first, challenge);
    phone.send(
        SimPhone.withSdp(dialog.request(Method.INVITE), hold)
            .header(HeaderName.PROXY_AUTHORIZATION, RelayLab.CREDENTIALS));
    SipRequest authorized = pbx.expect(Method.INVITE);
    pbx.reply(authorized, 200, Sdps.phone("203.0.113.5", 4002, 2, "recvonly"));
    SipRequest ack = pbx.expect(Method.ACK);
    phone.ack(dialog, phone.expect(200), null);
    hangUp(dialog);

    assertThat(challenge.headers().first(HeaderName.PROXY_AUTHENTICATE))
        .isEqualTo(RelayLab.CHALLENGE);
    assertThat(authorized.headers().first(HeaderName.PROXY_AUTHORIZATION))
        .isEqualTo(RelayLab.CREDENTIALS);
    assertThat(ack.headers().first(HeaderName.PROXY_AUTHORIZATION)).isEqualTo(RelayLab.CREDENTIALS);
  }

  private static MessageBuilder<SipRequest> wish(SimDialog dialog, Method method) {
    MessageBuilder<SipRequest> out = dialog.request(method);
    return method == Method.REFER
        ? out.header(HeaderName.REFER_TO, "<sip:7003@pbx.example>")
        : out.body("application/x-wish", new byte[] {'x'});
  }

  /** As by Transfer() in a dialplan, whichever of its names it writes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:7003@pbx.example",
        "sip:7003@203.0.113.5:5060",
        "sip:7003@198.51.100.1",
        "tel:7003"
      })
  void aPhoneCarriesOutATransferOfItsPbx(String target) {
    Talk talk = callThePbx();
    pbx.send(talk.ofPbx().request(Method.REFER).header(HeaderName.REFER_TO, "<" + target + ">"));
    SipRequest refer = phone.expect(Method.REFER);
    phone.reply(refer, 202, null);
    pbx.expect(202);
    hangUp(talk.ofPhone());

    assertThat(refer.headers().first(HeaderName.REFER_TO)).isEqualTo("<sip:7003@pbx.example>");
    assertThat(refer.toString()).doesNotContain("203.0.113.5");
  }

  @Test
  void thePbxHearsWhereAPhoneForwardsItsCalls() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    SipRequest invite =
        pbx.send(
            pbx.invitation("7001", Sdps.phone("203.0.113.5", 4002))
                .requestUri(alias)
                .remove(HeaderName.PROXY_AUTHORIZATION));
    phone.reply(phone.expect(Method.INVITE), 302, null, "Contact: <sip:7003@pbx.example>");
    SipResponse moved = pbx.expect(302);
    pbx.ackFailure(invite, moved);

    assertThat(moved.headers().values(HeaderName.CONTACT)).contains("<sip:7003@pbx.example>");
  }

  /** One machine may be trunk and PBX: it still wants to know whether the phone is there. */
  @Test
  void thePhoneAnswersWhetherItIsThereThoughItsPbxIsATrunkToo() {
    RelayLab both =
        new RelayLab(
            RelayLab.CONFIG
                + "trunks: { pbx: { targets: \"sip:203.0.113.5\", from: 203.0.113.5 } }\n",
            100);
    SimPhone desk = both.phone("7001", Transport.TCP, "192.0.2.7");
    Uri alias = both.signIn(desk, 3600).contacts().getFirst().uri();
    both.pbx.send(
        both.pbx
            .request(Method.OPTIONS, "7001")
            .requestUri(alias)
            .remove(HeaderName.PROXY_AUTHORIZATION));
    desk.reply(desk.expect(Method.OPTIONS), 200, null);
    both.pbx.expect(200);
    both.lab.assertClean();
  }
}
