package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions at and of a trunk over TCP, which closes its connections when they are idle. */
final class TrunkSubscriptionTest {

  private static final String EVENT = "message-summary";

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
          trunks:
            pbx:
              targets: [ "sip:203.0.113.1;transport=tcp", "sip:203.0.113.2;transport=tcp" ]
              from: 203.0.113.0/24
          routes:
            - { name: up, when: { to: "5[0-9]+" }, to: { trunk: pbx } }
            - { name: down, when: { from: pbx }, to: { registrar: true } }
          """,
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone pbx = lab.trunk("203.0.113.1", Transport.TCP);

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private static void notify(SimPhone notifier, SimDialog dialog, SimPhone to, String state) {
    notifier.send(notifier.notification(dialog, EVENT, state));
    to.reply(to.expect(Method.NOTIFY), 200, null);
    notifier.expect(200);
  }

  /** A subscription of Alice at the trunk, as either side has it. */
  private record Begun(SimDialog atAlice, SimDialog atPbx) {}

  private Begun aliceSubscribes() {
    SipRequest sent = alice.send(alice.subscription("555", EVENT, 600));
    SipRequest arrived = pbx.expect(Method.SUBSCRIBE);
    pbx.reply(arrived, 200, null, "Expires: 600");
    SipResponse ok = alice.expect(200);
    SimDialog atPbx = pbx.dialog(arrived);
    notify(pbx, atPbx, alice, "active;expires=600");
    return new Begun(alice.dialog(sent, ok), atPbx);
  }

  @Test
  void aNotifierThatClosesItsConnectionIsConnectedToForTheRefresh() {
    Begun begun = aliceSubscribes();
    lab.disconnect(pbx, CloseCause.PEER_CLOSED);
    lab.advance(60_000);
    assertThat(alice.firstLines()).as("nothing is said to have ended").isEmpty();
    alice.send(alice.subscription(begun.atAlice, EVENT, 0));
    pbx.reply(pbx.expect(Method.SUBSCRIBE), 200, null, "Expires: 0");
    alice.expect(200);
    notify(pbx, begun.atPbx, alice, "terminated;reason=timeout");
  }

  /** It is told where it has subscribed from, whichever host of the trunk that is. */
  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.1", "203.0.113.2"})
  void aSubscriberThatClosesItsConnectionIsConnectedToForTheNews(String host) {
    SimPhone one = lab.trunk(host, Transport.TCP);
    one.send(one.subscription("1001", EVENT, 600));
    SipRequest arrived = alice.expect(Method.SUBSCRIBE);
    alice.reply(arrived, 200, null, "Expires: 600");
    one.expect(200);
    SimDialog atAlice = alice.dialog(arrived);
    notify(alice, atAlice, one, "active;expires=600");

    lab.disconnect(one, CloseCause.PEER_CLOSED);
    lab.advance(60_000);
    assertThat(alice.firstLines()).as("nobody has unsubscribed").isEmpty();
    notify(alice, atAlice, one, "terminated;reason=timeout");
  }

  @Test
  void aTrunkWhoseConnectionHasClosedIsConnectedToToUnsubscribe() {
    aliceSubscribes();
    lab.disconnect(pbx, CloseCause.PEER_CLOSED);
    lab.disconnect(alice, CloseCause.LOST);
    lab.advance(33_000);
    SipRequest last = pbx.expect(Method.SUBSCRIBE);
    assertThat(last.expires()).isZero();
    pbx.reply(last, 200, null, "Expires: 0");
  }
}
