package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.time.Duration;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SBC as a client of a carrier that it registers with. */
@OnTestBed
final class RegisteredTrunkTest {

  private static final SipAccount ACCOUNT =
      new SipAccount("4420", "carrier.test", "secret-of-4420");

  private static final String IN =
      """
      - name: from-carrier
        when: { from: carrier, to: "4420" }
        set: { to: "1002" }
        to: [ { registrar: true } ]
      """;

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void theCarrierTakesTheRegistrationAndCallsIn(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    SbcProcess sbc = bed.sbc(trunk(via, trunkPort), IN);
    bed.phone("1002", new Tone(440), PhoneTransport.UDP, AUTO);
    Sipp.Plan plan =
        new Sipp.Plan("registrar", via, Sipp.TRUNK_ADDRESS, trunkPort, sbc.ports().sip(), 1);

    bed.sipp(plan, ACCOUNT, "4420").awaitSuccess();

    assertThat(sbc.log()).contains("trunk.registered trunk=carrier").doesNotContain("secret-of");
  }

  @Test
  void theRegistrationIsTakenBackWhenTheProgramEnds(TestBed bed) {
    int trunkPort = FreePorts.one();
    SbcProcess sbc = bed.sbc(trunk(PhoneTransport.UDP, trunkPort), IN);
    RawPhone carrier = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, trunkPort, sbc.ports().sip()));
    WireMessage register = carrier.awaitRequest("REGISTER");
    carrier.respond(register, "200 OK", "");
    Await.until("registered", Duration.ofSeconds(40), () -> sbc.log().contains("trunk.registered"));

    Thread stop = Thread.ofVirtual().start(sbc::close);
    WireMessage removal =
        carrier.await(
            "a last REGISTER",
            m -> m.isRequest("REGISTER") && m.header("Expires").strip().equals("0"));
    carrier.respond(removal, "200 OK", "");

    assertThat(removal.header("Contact")).contains("expires=0");
    assertThat(removal.header("Call-ID")).isEqualTo(register.header("Call-ID"));
    Await.until("stopped", Duration.ofSeconds(40), () -> !stop.isAlive());
  }

  private static String trunk(PhoneTransport via, int port) {
    return """
    trunks:
      carrier:
        targets: "sip:%s:%d;transport=%s"
        register: { username: 4420, password: secret-of-4420, domain: carrier.test }
    """
        .formatted(Sipp.TRUNK_ADDRESS, port, via.token());
  }
}
