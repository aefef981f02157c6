package org.drawbridge.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.Uri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** NOTIFY outside a dialog, as PBXs send to phones that have not subscribed. */
final class RelayedNewsTest {

  private static final String WAITING =
      "Messages-Waiting: yes\r\nMessage-Account: sip:*97@203.0.113.5:5060\r\nVoice-Message: 1/0\r\n";

  private final RelayLab relay = new RelayLab();
  private final SimPhone phone = relay.phone("7001", Transport.TCP, "192.0.2.7");
  private final SimPhone pbx = relay.pbx;

  @AfterEach
  void nothingIsLeft() {
    relay.lab.assertClean();
  }

  @Test
  void aPhoneHearsOfItsVoicemailThoughItHasNotSubscribed() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    pbx.send(
        news(pbx, alias, "message-summary")
            .body("application/simple-message-summary", WAITING.getBytes(US_ASCII)));
    SipRequest arrived = phone.expect(Method.NOTIFY);
    phone.reply(arrived, 200, null);
    pbx.expect(200);

    assertThat(arrived.requestUri().toString()).isEqualTo(phone.contact());
    assertThat(arrived.headers().first(HeaderName.EVENT)).isEqualTo("message-summary");
    assertThat(arrived.headers().first(HeaderName.SUBSCRIPTION_STATE)).isEqualTo("terminated");
    assertThat(arrived.contacts()).hasSize(1);
    assertThat(arrived.toString())
        .contains("Voice-Message: 1/0", "sip:*97@pbx.example")
        .doesNotContain("203.0.113.5");
  }

  @Test
  void aPhoneIsToldToReadItsSettings() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    pbx.send(news(pbx, alias, "check-sync;reboot=false;from=203.0.113.5"));
    SipRequest arrived = phone.expect(Method.NOTIFY);
    phone.reply(arrived, 200, null);
    pbx.expect(200);

    assertThat(arrived.headers().first(HeaderName.EVENT)).isEqualTo("check-sync;reboot=false");
  }

  @Test
  void nobodyElseNotifiesThePhone() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    SimPhone stranger = relay.lab.trunk("203.0.113.66");
    stranger.send(news(stranger, alias, "check-sync;reboot=true"));
    stranger.expect(481);

    assertThat(phone.firstLines()).isEmpty();
  }

  @Test
  void thePbxHearsThatThePhoneToNotifyIsGone() {
    Uri alias = relay.signIn(phone, 3600).contacts().getFirst().uri();
    relay.table.onFlowClosed(phone.sbcEnd());
    pbx.send(news(pbx, alias, "message-summary"));

    pbx.expect(430);
  }

  private static MessageBuilder<SipRequest> news(SimPhone sender, Uri alias, String event) {
    return sender
        .request(Method.NOTIFY, "7001")
        .requestUri(alias)
        .remove(HeaderName.PROXY_AUTHORIZATION)
        .header(HeaderName.CONTACT, "<" + sender.contact() + ">")
        .header(HeaderName.EVENT, event)
        .header(HeaderName.SUBSCRIPTION_STATE, "terminated");
  }
}
