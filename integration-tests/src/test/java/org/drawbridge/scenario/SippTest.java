package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIPp as a phone that registers and as a trunk, over UDP and TCP. */
@OnTestBed
final class SippTest {

  private static final Tone TONE = new Tone(440);
  private static final SipAccount NOBODY = new SipAccount("nobody", SbcFiles.DOMAIN, "none");
  private static final int CALLS = 4;

  private static final String BRANCH =
      """
      trunks:
        branch:
          targets: [ "sip:127.0.0.4:5060" ]
          accept: { username: branch7, password: over the hill }
      """;

  private static final String FROM_BRANCH =
      """
      - name: from-branch
        when: { from: branch, to: "600" }
        to: [ { service: echo } ]
      """;

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aPhoneRegistersAndCalls(PhoneTransport via, TestBed bed) {
    SipAccount account = SbcFiles.account("1004");
    int port = bed.sbc().ports().sip();
    bed.sipp(plan("register", via, port), account, "unused").awaitSuccess();
    bed.sipp(plan("call", via, port), account, "echo").awaitSuccess();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aTrunkCallsIn(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(via, trunkPort), "").ports().sip();
    bed.phone("1002", TONE, PhoneTransport.UDP, AUTO);
    Sipp.Plan plan = new Sipp.Plan("call-in", via, Sipp.TRUNK_ADDRESS, trunkPort, port, CALLS);

    bed.sipp(plan, NOBODY, "1002").awaitSuccess();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aPhoneCallsOutThroughATrunk(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    SbcProcess sbc =
        bed.sbc(
            trunk(via, trunkPort),
            """
            - name: outside
              when: { from: registered, to: "9([0-9]+)" }
              set: { to: "+$1" }
              to: [ { trunk: carrier } ]
            """);
    Sipp.Plan plan =
        new Sipp.Plan("answer", via, Sipp.TRUNK_ADDRESS, trunkPort, sbc.ports().sip(), 1);
    Sipp carrier = bed.sipp(plan, NOBODY, "unused");
    BaresipPhone phone = bed.phone("1002", TONE, PhoneTransport.UDP, MANUAL);

    phone.dial("9442079460000");
    phone.awaitEvent("CALL_ESTABLISHED");
    phone.awaitTone(TONE);
    phone.hangUp();

    carrier.awaitSuccess();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aTrunkFromAnywhereSignsItsCalls(PhoneTransport via, TestBed bed) {
    int port = bed.sbc(BRANCH, FROM_BRANCH).ports().sip();
    SipAccount branch = new SipAccount("branch7", SbcFiles.DOMAIN, "over the hill");
    bed.sipp(branchPlan(via, port), branch, "600").awaitSuccess();

    SipAccount impostor = new SipAccount("branch7", SbcFiles.DOMAIN, "guessed");
    Sipp wrong = bed.sipp(branchPlan(via, port), impostor, "600");
    assertThatThrownBy(wrong::awaitSuccess).hasMessageContaining("SIP/2.0 403");
  }

  private static Sipp.Plan branchPlan(PhoneTransport via, int port) {
    return new Sipp.Plan("call", via, "127.0.0.3", FreePorts.one(), port, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aStrangerIsNotLetThrough(PhoneTransport via, TestBed bed) {
    int port = bed.sbc().ports().sip();
    bed.phone("1002", TONE, PhoneTransport.UDP, AUTO);
    Sipp.Plan plan = new Sipp.Plan("refused", via, "127.0.0.3", FreePorts.one(), port, 1);

    bed.sipp(plan, NOBODY, "1002").awaitSuccess();
  }

  private static Sipp.Plan plan(String scenario, PhoneTransport via, int port) {
    return new Sipp.Plan(scenario, via, "127.0.0.1", FreePorts.one(), port, CALLS);
  }

  private static String trunk(PhoneTransport via, int port) {
    return """
    trunks:
      carrier:
        targets: [ "sip:%s:%d;transport=%s" ]
        from: [ %s/32 ]
    """
        .formatted(Sipp.TRUNK_ADDRESS, port, via.token(), Sipp.TRUNK_ADDRESS);
  }
}
