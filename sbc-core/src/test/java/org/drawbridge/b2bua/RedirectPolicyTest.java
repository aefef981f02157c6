package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** Redirections that the route does not follow. */
final class RedirectPolicyTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);

  /** What the caller gets when bob redirects to this Contact. */
  private static SipResponse outcome(String policy, String contact, int status) {
    String config =
        Lab.CONFIG.replace(
            "to: { registrar: true }", "to: { registrar: true }\n    redirect: " + policy);
    Lab lab = new Lab(config, CallLimits.DEFAULTS);
    SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
    SimPhone carol = lab.phone("1003", Transport.UDP, "192.0.2.33");
    SipRequest invite = alice.invite("1002", OFFER);
    RedirectTest.redirect(bob, bob.expect(Method.INVITE), contact);
    SipResponse refusal = alice.expect(status);
    alice.ackFailure(invite, refusal);
    assertThat(carol.firstLines()).isEmpty();
    lab.assertClean();
    return refusal;
  }

  @Test
  void theCallerIsToldOfThemWithoutTheHost() {
    SipResponse moved = outcome("pass", "<sip:1003@10.1.2.3:5077;transport=tcp>", 302);

    assertThat(moved.headers().values(HeaderName.CONTACT))
        .containsExactly("<sip:1003@example.com>");
    assertThat(moved.toString()).doesNotContain("10.1.2.3");
  }

  @Test
  void whatNamesNobodyElseIsAFailure() {
    SipResponse refusal = outcome("pass", "<sip:1002@10.1.2.3>", 480);

    assertThat(refusal.headers().has(HeaderName.CONTACT)).isFalse();
  }

  @Test
  void theyAreAFailure() {
    SipResponse refusal = outcome("reject", "<sip:1003@example.com>", 480);

    assertThat(refusal.headers().has(HeaderName.CONTACT)).isFalse();
  }
}
