package org.drawbridge.b2bua.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A 6xx ends a call, unless the operator has said that it does not. */
final class DeclineTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private static Lab lab(String onFailure, String mode) {
    String config =
        """
        domains: [example.com]
        listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
        routes:
          - name: emergency
            when: { to: "112" }
            to: [ { accounts: [1002] }, { accounts: [1003] } ]
            on-failure: %s
            mode: %s
        """;
    return new Lab(config.formatted(onFailure, mode), CallLimits.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"[6xx]; b2bua", "[6xx]; proxy", "[603]; b2bua", "[603]; proxy"})
  void theNextTargetHasItsTurnWhereTheRouteSaysSo(String onFailure, String mode) {
    Lab lab = lab(onFailure, mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone desk = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone soft = lab.phone("1002", Transport.UDP, "192.0.2.23");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("112", OFFER);
    SipRequest atSoft = soft.expect(Method.INVITE);
    soft.reply(atSoft, 180, null);
    desk.reply(desk.expect(Method.INVITE), 603, null);
    soft.reply(soft.expect(Method.CANCEL), 200, null);
    soft.reply(atSoft, 487, null);
    carol.reply(carol.expect(Method.INVITE), 200, Sdps.phone("192.0.2.33", 4002));
    SipResponse answer = alice.expect(200);
    alice.endAnswered(invite, answer, carol);
    carol.expect(Method.ACK);
    lab.assertClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b2bua", "proxy"})
  void nobodyElseIsCalledWhereItDoesNot(String mode) {
    Lab lab = lab("[4xx, 5xx, no-answer]", mode);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("112", OFFER);
    bob.reply(bob.expect(Method.INVITE), 603, null);
    alice.ackFailure(invite, alice.expect(603));
    assertThat(carol.firstLines()).isEmpty();
    lab.assertClean();
  }
}
