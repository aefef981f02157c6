package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trunk whose gateways receive elsewhere than they send from, in either mode. */
@ParameterizedClass
@ValueSource(strings = {"b2bua", "proxy"})
final class AsymmetricTrunkTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1, symmetric-rtp: SYMMETRIC }
      routes:
        - { name: in, when: { from: acme }, to: { registrar: true }, mode: MODE }
        - { name: out, when: { from: registered }, to: { trunk: acme }, mode: MODE }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  @Parameter String mode = "b2bua";

  private Lab lab = lab(false);

  @BeforeEach
  void begin() {
    lab = lab(false);
  }

  private Lab lab(boolean symmetric) {
    String rules = RULES.replace("SYMMETRIC", Boolean.toString(symmetric)).replace("MODE", mode);
    return new Lab(rules, CallLimits.DEFAULTS);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itsLegAloneIsSentToWhereItsDescriptionSays(boolean callsIn) {
    assertThat(asymmetric(callsIn)).containsExactly(callsIn, !callsIn);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unlessItSaysOtherwiseATrunkIsSentToWhereItsMediaComesFrom(boolean callsIn) {
    lab = lab(true);
    assertThat(asymmetric(callsIn)).containsExactly(false, false);
  }

  /** Of both legs of a call, the caller's first. */
  private Boolean[] asymmetric(boolean callsIn) {
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone trunk = lab.trunk("203.0.113.1");
    SimPhone caller = callsIn ? trunk : alice;
    SimPhone callee = callsIn ? alice : trunk;
    SipRequest invite = caller.invite(callsIn ? "1001" : "4930123456", OFFER);
    SipRequest arrived = callee.expect(Method.INVITE);
    Boolean[] legs =
        lab.plane().open().stream().map(LabPlane.Port::isAsymmetric).toArray(Boolean[]::new);
    callee.reply(arrived, 486, null);
    callee.expect(Method.ACK);
    caller.ackFailure(invite, caller.expect(486));
    return legs;
  }
}
