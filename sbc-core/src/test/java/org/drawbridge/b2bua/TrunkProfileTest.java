package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.limit.LimitKind;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trunks that sign in, that can do less than others, and numbers that are closed. */
final class TrunkProfileTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      limits: { countries: [GB, DE] }
      users:
        1001: { md5: 0cf1a0f8e2a87a3f9d3c9a8e2a87a3f9 }
      trunks:
        branch:
          targets: "sip:203.0.113.1:5060"
          accept: { username: branch7, password: secret }
          codecs: [ pcma ]
          session-timers: false
        other: { targets: "sip:192.0.2.77:5060", limits: { countries: [DE] } }
      routes:
        - name: from-branch
          when: { from: branch }
          to: { registrar: true }
        - name: two
          when: { from: registered, to: "8(.*)" }
          set: { to: "$1" }
          to: [ { trunk: other }, { trunk: branch } ]
        - name: outside
          when: { from: registered, to: "+.*|0.*" }
          to: { trunk: branch }
      """;

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  private final Lab lab = new Lab(RULES, CallLimits.DEFAULTS);
  private final SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private final SimPhone branch = lab.trunk("203.0.113.1");
  private final SimPhone other = lab.trunk("192.0.2.77");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  private SipRequest callIn(String login) {
    return branch.send(
        branch
            .invitation("1001", OFFER)
            .replace(HeaderName.PROXY_AUTHORIZATION, "Digest username=\"" + login + "\""));
  }

  private void refused(String number, int status, String words) {
    SipRequest invite = alice.invite(number, OFFER);
    SipResponse refusal = alice.expect(status);
    alice.ackFailure(invite, refusal);
    assertThat(refusal.headers().first(HeaderName.WARNING)).contains(words);
  }

  private void refusedBy(SimPhone trunk, String number) {
    SipRequest invite = alice.invite(number, OFFER);
    trunk.reply(trunk.expect(Method.INVITE), 486, null);
    trunk.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void aTrunkAtAnUnknownAddressIsAskedForItsPassword() {
    SipRequest unsigned =
        branch.send(branch.invitation("1001", OFFER).remove(HeaderName.PROXY_AUTHORIZATION));
    branch.ackFailure(unsigned, branch.expect(407));

    SipRequest invite = callIn("branch7");
    alice.reply(alice.expect(Method.INVITE), 486, null);
    alice.expect(Method.ACK);
    branch.ackFailure(invite, branch.expect(486));
    assertThat(lab.meters().ofTrunk("branch").calls()).isZero();
  }

  @Test
  void anotherNameIsNotTheTrunk() {
    SipRequest invite = callIn("1001");
    branch.ackFailure(invite, branch.expect(403));
    assertThat(alice.firstLines()).isEmpty();
  }

  @Test
  void aTrunkIsOfferedItsCodecsAndNoTimer() {
    SipRequest invite = alice.invite("+441632960000", OFFER);
    SipRequest arrived = branch.expect(Method.INVITE);
    assertThat(arrived.headers().has(HeaderName.SESSION_EXPIRES)).isFalse();
    assertThat(arrived.toString()).contains("PCMA/8000").doesNotContain("PCMU/8000");
    branch.reply(arrived, 486, null);
    branch.expect(Method.ACK);
    alice.ackFailure(invite, alice.expect(486));
  }

  @Test
  void onlySomeCountriesMayBeCalled() {
    refused("+12125550123", 403, "Drawbridge calls no other country than GB, DE");
    refused("0012125550123", 403, "calls no other country");
    refused("0118", 403, "calls no other country");
    refusedBy(branch, "+4930123456");
    refusedBy(branch, "01632960000");
    assertThat(lab.meters().refused(LimitKind.COUNTRY)).isEqualTo(3);
  }

  @Test
  void aTrunkThatMayNotCallACountryIsPassedOver() {
    refusedBy(other, "8+4930123456");
    refusedBy(branch, "8+441632960000");
  }
}
