package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several people who are called together: each answers for itself and for nobody else. */
final class GroupTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private static Lab lab(String ring, String mode) {
    String config =
        """
        domains: [example.com]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        call: { ring-timeout: 30s }
        routes:
          - name: support
            when: { to: "500" }
            to: { accounts: [1002, 1003, 1004], ring: %s }
            mode: %s
        """;
    return new Lab(config.formatted(ring, mode), CallLimits.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"all, b2bua", "in-turn, b2bua", "all, proxy", "in-turn, proxy"})
  void whoDeclinesDoesSoForItselfAlone(String ring, String mode) {
    Lab lab = lab(ring, mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SimPhone dora = lab.phone("1004", Transport.UDP, "192.0.2.44");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);
    carol.reply(carol.expect(Method.INVITE), 486, null);
    SipRequest arrived = dora.expect(Method.INVITE);
    dora.reply(arrived, 180, null);
    assertThat(dora.firstLines()).noneMatch(line -> line.startsWith("CANCEL"));
    dora.reply(arrived, 200, Sdps.phone("192.0.2.44", 4002));
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    dora.expect(Method.ACK);
    alice.send(dialog.request(Method.BYE));
    dora.reply(dora.expect(Method.BYE), 200, null);
    alice.expect(200);
    lab.assertClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void theCallEndsWhenAllHaveDeclined(String mode) {
    Lab lab = lab("all", mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("500", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);
    carol.reply(carol.expect(Method.INVITE), 603, null);
    alice.ackFailure(invite, alice.expect(480));
    lab.assertClean();
  }
}
