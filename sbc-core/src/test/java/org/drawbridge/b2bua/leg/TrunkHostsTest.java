package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls from a trunk that sends from one of its addresses and listens at another. */
final class TrunkHostsTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone sends = lab.trunk("203.0.113.1");
  private final SimPhone listens = lab.trunk("203.0.113.2");
  private final SimPhone stranger = lab.trunk("198.51.100.66");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** The dialog of alice in a call of the trunk whose INVITE has one header more. */
  private SimDialog called(HeaderName name, String value) {
    SipRequest invite =
        sends.send(
            sends
                .invitation("1001", ANSWER)
                .requestUri(SipUri.of("1001", "example.com", -1))
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(name, value));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, OFFER);
    alice.expect(Method.ACK);
    SipResponse answer = sends.expect(200);
    sends.ack(sends.dialog(invite, answer), answer, null);
    return alice.dialog(arrived);
  }

  @Test
  void theProxyThatItHasRecordedHearsOfTheEnd() {
    alice.hangUp(called(HeaderName.RECORD_ROUTE, "<sip:203.0.113.2;lr>"), listens);
    assertThat(sends.firstLines()).isEmpty();
  }

  @Test
  void theHostOfItsContactDoes() {
    alice.hangUp(called(HeaderName.CONTACT, "<sip:gw@203.0.113.2:5060>"), listens);
  }

  @Test
  void aReInviteAndItsAckGoThereToo() {
    SimDialog dialog = called(HeaderName.CONTACT, "<sip:gw@203.0.113.2:5060>");
    String hold = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
    alice.send(
        SimPhone.withSdp(dialog.request(Method.INVITE), hold)
            .header(HeaderName.CONTACT, "<" + alice.contact() + ">"));
    SipRequest arrived = listens.expect(Method.INVITE);
    listens.reply(arrived, 200, Sdps.phone("203.0.113.1", 4002, 2, "recvonly"));
    listens.expect(Method.ACK);
    alice.ack(dialog, alice.expect(200), null);
    alice.hangUp(dialog, listens);
  }

  /** As that of a PBX behind a NAT, or of a trunk that writes what is not its own. */
  @Test
  void aContactThatIsNoneOfItsAddressesIsNotFollowed() {
    alice.hangUp(called(HeaderName.CONTACT, "<sip:gw@198.51.100.66:5060>"), sends);
    assertThat(stranger.everything()).isEmpty();
    alice.hangUp(called(HeaderName.CONTACT, "<sip:gw@203.0.113.1:1024>"), sends);
  }

  /** One that sees REFER in Allow asks for what is refused, instead of transferring by itself. */
  @Test
  void aTrunkThatMayNotTransferIsNotToldThatItMay() {
    SipRequest invite = alice.invite("+442079460000", OFFER);
    SipRequest arrived = sends.expect(Method.INVITE);
    assertThat(HeaderGrammar.allow(arrived.headers())).contains("UPDATE").doesNotContain("REFER");
    sends.reply(arrived, 200, ANSWER);
    SipResponse answer = alice.expect(200);
    assertThat(HeaderGrammar.allow(answer.headers())).contains("REFER");
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    sends.expect(Method.ACK);
    alice.hangUp(dialog, sends);
  }
}
