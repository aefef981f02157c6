package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** A PBX that registers with the SBC as an account and is a trunk, played by SIPp. */
@OnTestBed
final class RegisteringTrunkTest {

  private static final SipAccount BRANCH = SbcFiles.account("1004");
  private static final String ADDRESS = "127.0.0.6";
  private static final Tone TONE = new Tone(440);

  private static final String TRUNKS =
      """
      trunks:
        branch: { account: "1004", trust: true }
      """;

  private static final String ROUTES =
      """
      - name: to-branch
        when: { from: registered, to: "+49228.*" }
        to: [ { trunk: branch } ]
      - name: from-branch
        when: { from: branch, to: "1002" }
        to: [ { registrar: true } ]
      """;

  @Test
  void itsNumbersAreCalledWhereItHasRegisteredAndItsCallsAreTheTrunks(TestBed bed) {
    SbcProcess sbc = bed.sbc(TRUNKS, ROUTES);
    int port = FreePorts.one();
    BaresipPhone phone = bed.phone("1002", TONE, PhoneTransport.UDP, AUTO);
    bed.sipp(plan("register", port, sbc), BRANCH, "1004").awaitSuccess();

    Sipp answers = bed.sipp(plan("answer", port, sbc), BRANCH, "unused");
    phone.dial("+492281234567");
    phone.awaitTone(TONE);
    phone.hangUp();
    answers.awaitSuccess();
    bed.sipp(plan("call", port, sbc), BRANCH, "1002").awaitSuccess();

    assertThat(sbc.log())
        .contains("source=trunk:branch", "targets=trunk:branch", "by=trunk:branch")
        .doesNotContain("secret-of");
  }

  private static Sipp.Plan plan(String scenario, int port, SbcProcess sbc) {
    return new Sipp.Plan(scenario, PhoneTransport.UDP, ADDRESS, port, sbc.ports().sip(), 1);
  }
}
