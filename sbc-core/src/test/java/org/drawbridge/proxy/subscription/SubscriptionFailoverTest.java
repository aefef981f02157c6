package org.drawbridge.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription at a trunk host with several targets (RFC 3263 section 4.3). */
final class SubscriptionFailoverTest {

  private final Lab lab =
      new Lab(
          """
          domains: [example.com]
          listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
          trunks:
            pbx: { targets: "sip:pbx.example", try-timeout: 4s }
          routes:
            - name: outside
              when: { to: "[0-9]+" }
              to: { trunk: pbx }
          """,
          CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone first = lab.trunk("203.0.113.1");
  private final SimPhone second = lab.trunk("203.0.113.2");

  @BeforeEach
  void publish() {
    lab.resolve("pbx.example", "203.0.113.1", "203.0.113.2");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private void subscribe() {
    alice.send(alice.subscription("5551", "message-summary", 60));
  }

  private static SimDialog take(SimPhone notifier, SipRequest subscribe) {
    SimDialog dialog = notifier.dialog(subscribe);
    notifier.reply(subscribe, 200, null, "Expires: 60");
    return dialog;
  }

  private void lastNotify(SimPhone notifier, SimDialog dialog) {
    notifier.send(notifier.notification(dialog, "message-summary", "terminated;reason=timeout"));
    alice.reply(alice.expect(Method.NOTIFY), 200, null);
    notifier.expect(200);
  }

  @Test
  void aTargetThatKeepsSilentIsFollowedByTheNext() {
    subscribe();
    first.expect(Method.SUBSCRIBE);
    lab.advance(3_999);
    assertThat(second.firstLines()).isEmpty();
    lab.advance(10);
    SipRequest arrived = second.expect(Method.SUBSCRIBE);
    SimDialog dialog = take(second, arrived);
    alice.expect(200);
    lastNotify(second, dialog);
  }

  @Test
  void aTargetThatHasNoRoomIsFollowedByTheNext() {
    subscribe();
    first.reply(first.expect(Method.SUBSCRIBE), 503, null);
    SimDialog dialog = take(second, second.expect(Method.SUBSCRIBE));
    alice.expect(200);
    lastNotify(second, dialog);
  }

  @Test
  void whatATargetRefusesIsNotAskedElsewhere() {
    subscribe();
    first.reply(first.expect(Method.SUBSCRIBE), 489, null, "Allow-Events: presence");
    assertThat(alice.expect(489).headers().first(HeaderName.ALLOW_EVENTS)).isEqualTo("presence");
    assertThat(second.firstLines()).isEmpty();
  }
}
