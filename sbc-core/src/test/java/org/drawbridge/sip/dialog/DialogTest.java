package org.drawbridge.sip.dialog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.Messages;
import org.junit.jupiter.api.Test;

class DialogTest {

  private final RecordingFlow flow = new RecordingFlow(Transport.UDP, 1);
  private final SipRequest invite =
      Messages.incoming(Method.INVITE, "call", "z9hG4bKa")
          .replace(HeaderName.CSEQ, "7 INVITE")
          .header(HeaderName.RECORD_ROUTE, "<sip:near.example;lr>, <sip:far.example;lr>")
          .build();

  @Test
  void asUasItSwapsTheEndsAndKeepsTheRouteOrder() {
    Dialog dialog = Dialog.uas(invite, flow, "ours");
    assertThat(dialog.id()).isEqualTo(new DialogId("call", "ours", "alice-tag"));
    assertThat(dialog.isEarly()).isTrue();
    SipRequest bye = dialog.request(Method.BYE).build();
    assertThat(bye.requestUri()).hasToString("sip:alice@192.0.2.1:5062");
    assertThat(bye.from()).hasToString("<sip:bob@example.com>;tag=ours");
    assertThat(bye.to()).hasToString("<sip:alice@example.com>;tag=alice-tag");
    assertThat(bye.cseq()).hasToString("1 BYE");
    assertThat(bye.maxForwards()).isEqualTo(70);
    assertThat(bye.routes())
        .extracting(NameAddr::toString)
        .containsExactly("<sip:near.example;lr>", "<sip:far.example;lr>");
  }

  @Test
  void asUacItReversesTheRouteAndCountsOnFromTheInvite() {
    SipResponse ok = response(200).edit().copy(invite, HeaderName.RECORD_ROUTE).build();
    Dialog dialog = Dialog.uac(invite, ok, flow);
    assertThat(dialog.id()).isEqualTo(new DialogId("call", "alice-tag", "bob-tag"));
    assertThat(dialog.isEarly()).isFalse();
    SipRequest update = dialog.request(Method.UPDATE).build();
    assertThat(update.requestUri()).hasToString("sip:bob@192.0.2.2:5064");
    assertThat(update.cseq()).hasToString("8 UPDATE");
    assertThat(dialog.request("PING").build().cseq()).hasToString("9 PING");
    assertThat(update.routes())
        .extracting(NameAddr::toString)
        .containsExactly("<sip:far.example;lr>", "<sip:near.example;lr>");
  }

  @Test
  void bothSidesFindItByWhatTheyReceive() {
    Dialog uas = Dialog.uas(invite, flow, "ours");
    Dialog uac = Dialog.uac(invite, response(200), flow);
    assertThat(DialogId.ofReceived(uac.request(Method.BYE).build()))
        .isEqualTo(new DialogId("call", "bob-tag", "alice-tag"));
    assertThat(DialogId.ofReceived(response(180))).isEqualTo(uac.id());
    assertThat(DialogId.ofReceived(invite)).isNull();
    assertThat(DialogId.ofReceived(SipResponse.to(invite, 100, "Trying").build())).isNull();
    assertThat(uas.id()).isNotEqualByComparingTo(uac.id());
  }

  @Test
  void the2xxConfirmsAnEarlyDialogAndSettlesRouteAndTarget() {
    Dialog dialog = Dialog.uac(invite, response(180), flow);
    assertThat(dialog.isEarly()).isTrue();
    SipResponse ok =
        response(200)
            .edit()
            .header(HeaderName.RECORD_ROUTE, "<sip:only.example;lr>")
            .replace(HeaderName.CONTACT, "<sip:bob@192.0.2.9>")
            .build();
    dialog.onResponse(ok);
    assertThat(dialog.isEarly()).isFalse();
    SipRequest ack = dialog.ack(invite).build();
    assertThat(ack.requestUri()).hasToString("sip:bob@192.0.2.9");
    assertThat(ack.routes())
        .extracting(NameAddr::toString)
        .containsExactly("<sip:only.example;lr>");
  }

  @Test
  void aStrictRouterBecomesTheRequestUri() {
    SipRequest strict =
        invite
            .edit()
            .replace(HeaderName.RECORD_ROUTE, "<sip:strict.example>, <sip:far.example;lr>")
            .build();
    SipRequest bye = Dialog.uas(strict, flow, "ours").request(Method.BYE).build();
    assertThat(bye.requestUri()).hasToString("sip:strict.example");
    assertThat(bye.routes())
        .extracting(NameAddr::toString)
        .containsExactly("<sip:far.example;lr>", "<sip:alice@192.0.2.1:5062>");
  }

  @Test
  void requestsOutOfOrderAreRefused() {
    Dialog dialog = Dialog.uas(invite, flow, "ours");
    assertThat(dialog.onRequest(fromAlice(Method.INFO, 9))).isTrue();
    assertThat(dialog.onRequest(fromAlice(Method.INFO, 8))).isFalse();
    assertThat(dialog.onRequest(fromAlice(Method.ACK, 7))).isTrue();
    assertThat(dialog.onRequest(fromAlice(Method.BYE, 10))).isTrue();
  }

  @Test
  void thePeersNumbersAreItsOwn() {
    Dialog dialog = Dialog.uac(invite, response(200), flow);
    assertThat(dialog.onRequest(fromAlice(Method.INFO, 1))).isTrue();
    assertThat(dialog.onRequest(fromAlice(Method.INFO, 0))).isFalse();
  }

  @Test
  void onlyTargetRefreshesInOrderMoveTheTarget() {
    Dialog dialog = Dialog.uas(invite, flow, "ours");
    dialog.onRequest(withContact(Method.INFO, 8));
    assertThat(dialog.remoteTarget()).hasToString("sip:alice@192.0.2.1:5062");
    dialog.onRequest(withContact(Method.UPDATE, 9));
    assertThat(dialog.remoteTarget()).hasToString("sip:moved.example");
    dialog.onRequest(fromAlice(Method.INVITE, 8));
    assertThat(dialog.remoteTarget()).hasToString("sip:moved.example");
  }

  @Test
  void theFlowIsReplacedWhenThePeerMoves() {
    Dialog dialog = Dialog.uas(invite, flow, "ours");
    RecordingFlow other = new RecordingFlow(Transport.WSS, 2);
    dialog.moveTo(other);
    assertThat(dialog.flow()).isSameAs(other);
  }

  @Test
  void theAckCarriesTheNumberAndCredentialsOfItsInvite() {
    SipRequest authorised =
        invite.edit().header(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"a\"").build();
    Dialog dialog = Dialog.uac(authorised, response(200), flow);
    dialog.request(Method.INFO);
    SipRequest ack = dialog.ack(authorised).build();
    assertThat(ack.cseq()).hasToString("7 ACK");
    assertThat(ack.toTag()).isEqualTo("bob-tag");
    assertThat(ack.headers().has(HeaderName.PROXY_AUTHORIZATION)).isTrue();
  }

  @Test
  void responsesThatMakeTheDialogCopyTheRecordRoute() {
    Dialog dialog = Dialog.uas(invite, flow, "ours");
    SipResponse ringing = dialog.response(invite, 180, "Ringing").build();
    assertThat(ringing.toTag()).isEqualTo("ours");
    assertThat(ringing.recordRoutes()).isEqualTo(invite.recordRoutes());
    assertThat(dialog.response(invite, 486, "Busy Here").build().recordRoutes()).isEmpty();
    dialog.confirm();
    assertThat(dialog.isEarly()).isFalse();
  }

  @Test
  void aPeerFromBeforeRfc3261NeedsNoTag() {
    SipRequest old = invite.edit().replace(HeaderName.FROM, "<sip:alice@example.com>").build();
    Dialog dialog = Dialog.uas(old, flow, "ours");
    assertThat(dialog.id().remoteTag()).isEmpty();
    assertThat(dialog.request(Method.BYE).build().toTag()).isNull();
    SipRequest bye =
        old.edit().replace(HeaderName.TO, requireNonNull(dialog.local()).toString()).build();
    assertThat(DialogId.ofReceived(bye)).isEqualTo(dialog.id());
  }

  private SipResponse response(int status) {
    return Messages.response(invite, status);
  }

  private static SipRequest fromAlice(Method method, int seq) {
    return Messages.incoming(method, "call", "z9hG4bKb")
        .replace(HeaderName.CSEQ, seq + " " + method)
        .build();
  }

  private static SipRequest withContact(Method method, int seq) {
    return fromAlice(method, seq).edit().replace(HeaderName.CONTACT, "<sip:moved.example>").build();
  }
}
