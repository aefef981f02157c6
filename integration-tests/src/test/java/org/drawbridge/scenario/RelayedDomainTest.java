package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;
import static org.drawbridge.support.BaresipPhone.Answering.MANUAL;

import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A desk phone with an account at a PBX behind the SBC, which does not know its password. */
@OnTestBed
final class RelayedDomainTest {

  private static final SipAccount ACCOUNT = new SipAccount("7001", "pbx.test", "secret-of-7001");

  private static final Tone TONE = new Tone(440);

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aPhoneSignsInAtThePbxWhichThenCallsIt(PhoneTransport via, TestBed bed) {
    int pbxPort = FreePorts.one();
    SbcProcess sbc = bed.sbc(domain(pbxPort), "");
    Sipp.Plan plan =
        new Sipp.Plan("pbx", PhoneTransport.UDP, Sipp.TRUNK_ADDRESS, pbxPort, sbc.ports().sip(), 1);
    Sipp pbx = bed.sipp(plan, ACCOUNT, "7001");
    BaresipPhone phone = phone(bed, sbc, via, AUTO);

    phone.awaitEvent("CALL_ESTABLISHED");
    pbx.awaitSuccess();

    assertThat(sbc.log()).contains("relay.registered aor=7001@pbx.test", "call.answered");
  }

  @Test
  void aPhoneAnswersTheChallengeOfThePbxToItsCall(TestBed bed) {
    int pbxPort = FreePorts.one();
    SbcProcess sbc = bed.sbc(domain(pbxPort), "");
    RawPhone pbx = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, pbxPort, sbc.ports().sip()));
    BaresipPhone phone = bed.newPhone("7001", TONE, ACCOUNT.domain());
    phone.register(ACCOUNT, PhoneTransport.UDP, sbc.ports().sip(), MANUAL);
    pbx.respond(pbx.awaitRequest("REGISTER"), "200 OK", "");
    phone.awaitRegistered();
    phone.dial("7002");
    pbx.respond(
        pbx.awaitRequest("INVITE"),
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Digest realm=\"pbx.test\","
            + " nonce=\"n1\", algorithm=MD5, qop=\"auth\"",
        "");
    WireMessage invite =
        pbx.await(
            "INVITE with credentials",
            m -> m.isRequest("INVITE") && !m.headers("Proxy-Authorization").isEmpty());
    pbx.respond(invite, "200 OK", RawCall.sdp(Sipp.TRUNK_ADDRESS));
    phone.awaitEvent("CALL_ESTABLISHED");

    assertThat(invite.requestUri()).startsWith("sip:7002@pbx.test");
    assertThat(invite.header("Proxy-Authorization"))
        .contains("username=\"7001\"", "uri=\"" + invite.requestUri() + "\"");
    assertThat(invite.header("Contact")).contains("127.0.0.1:" + sbc.ports().sip());
  }

  private static BaresipPhone phone(
      TestBed bed, SbcProcess sbc, PhoneTransport via, BaresipPhone.Answering answering) {
    BaresipPhone phone = bed.newPhone("7001", TONE, ACCOUNT.domain());
    phone.register(ACCOUNT, via, sbc.ports().sip(), answering);
    phone.awaitRegistered();
    return phone;
  }

  private static String domain(int port) {
    return "domains: [ %s, { name: pbx.test, upstream: \"sip:%s:%d\" } ]\n"
        .formatted(SbcFiles.DOMAIN, Sipp.TRUNK_ADDRESS, port);
  }
}
