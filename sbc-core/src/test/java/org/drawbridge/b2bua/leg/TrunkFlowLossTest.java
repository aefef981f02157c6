package org.drawbridge.b2bua.leg;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of trunks that close under a call, as those do that are idle for some minutes. */
final class TrunkFlowLossTest {

  /** Of a trunk with three hosts, of which the first is not there. */
  private static final String CONFIG =
      """
      domains: [example.com]
      listeners: [ { transport: tcp, bind: "0.0.0.0:5060" } ]
      trunks:
        pbx:
          targets:
            - "sip:203.0.113.8;transport=tcp"
            - "sip:203.0.113.1;transport=tcp"
            - "sip:203.0.113.2;transport=tcp"
          from: 203.0.113.0/24
      routes:
        - name: outside
          when: { from: registered, to: "+[0-9]{7,15}" }
          to: { trunk: pbx }
        - name: inside
          when: { to-domain: local }
          to: { registrar: true }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("203.0.113.1", 4002);

  private final Lab lab = new Lab(CONFIG, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone first = lab.trunk("203.0.113.1", Transport.TCP);
  private final SimPhone second = lab.trunk("203.0.113.2", Transport.TCP);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** A call of the second host with this Contact, which alice takes; returns what she got. */
  private SipRequest calledFromSecond(String contact) {
    SipRequest invite =
        second.send(
            second
                .invitation("1001", ANSWER)
                .requestUri(SipUri.of("1001", "example.com", -1))
                .remove(HeaderName.PROXY_AUTHORIZATION)
                .replace(HeaderName.CONTACT, "<" + contact + ">"));
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, OFFER);
    alice.expect(Method.ACK);
    SipResponse answer = second.expect(200);
    second.ack(second.dialog(invite, answer), answer, null);
    return arrived;
  }

  private void hangUp(SipRequest arrived, SimPhone toldTo) {
    alice.hangUp(alice.dialog(arrived), toldTo);
  }

  @Test
  void theHostThatHasCalledHearsOfTheEndAndNoOther() {
    SipRequest arrived = calledFromSecond(second.contact());
    lab.disconnect(second, CloseCause.PEER_CLOSED);
    hangUp(arrived, second);

    assertThat(first.firstLines()).isEmpty();
  }

  @Test
  void whereTheContactCannotBeReachedAnyHostOfTheTrunkHearsOfTheEnd() {
    SipRequest arrived = calledFromSecond("sip:gone@203.0.113.9;transport=tcp");
    lab.disconnect(second, CloseCause.PEER_CLOSED);

    hangUp(arrived, first);
  }

  @Test
  void aProxyThatRecordedItselfIsConnectedToAnew() {
    SipRequest invite = alice.invite("+442079460000", OFFER);
    SipRequest arrived = first.expect(Method.INVITE);
    first.reply(arrived, 200, ANSWER, "Record-Route: <sip:203.0.113.2;transport=tcp;lr>");
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    second.expect(Method.ACK);
    lab.disconnect(second, CloseCause.PEER_CLOSED);
    alice.send(dialog.request(Method.BYE));
    alice.expect(200);
    second.reply(second.expect(Method.BYE), 200, null);

    assertThat(first.firstLines()).isEmpty();
  }
}
