package org.drawbridge.trunk;

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
import org.junit.jupiter.api.Test;

/** Trunks that ring reliably (RFC 3262), call without an offer, or send a call elsewhere. */
@OnTestBed
final class OfferAndRingingTest {

  private static final Tone FIRST = new Tone(440);
  private static final Tone SECOND = new Tone(1000);
  private static final SipAccount NOBODY = new SipAccount("nobody", SbcFiles.DOMAIN, "none");
  private static final String OTHER_ADDRESS = "127.0.0.4";

  @Test
  void earlyMediaIsReliableOnBothSides(TestBed bed) {
    int from = FreePorts.one();
    int to = FreePorts.one();
    SbcProcess sbc =
        bed.sbc(
            """
            trunks:
              carrier: { targets: [ "sip:%s:%d" ], from: [ %s/32 ] }
              other: { targets: [ "sip:%s:%d" ] }
            """
                .formatted(Sipp.TRUNK_ADDRESS, from, Sipp.TRUNK_ADDRESS, OTHER_ADDRESS, to),
            """
            - name: across
              when: { from: carrier }
              to: [ { trunk: other } ]
            """);
    int port = sbc.ports().sip();
    Sipp callee =
        bed.sipp(
            new Sipp.Plan("answer-reliably", PhoneTransport.UDP, OTHER_ADDRESS, to, port, 1),
            NOBODY,
            "unused");
    Sipp caller =
        bed.sipp(
            new Sipp.Plan(
                "call-in-reliably", PhoneTransport.UDP, Sipp.TRUNK_ADDRESS, from, port, 1),
            NOBODY,
            "2000");

    caller.awaitSuccess();
    callee.awaitSuccess();
  }

  @Test
  void aCallWithoutOfferCarriesAudio(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(trunkPort), "").ports().sip();
    BaresipPhone phone = bed.phone("1002", FIRST, PhoneTransport.UDP, AUTO);
    Sipp trunk = bed.sipp(plan("call-in-late", trunkPort, port), NOBODY, "1002");

    phone.awaitTone(FIRST);
    trunk.awaitSuccess();
  }

  @Test
  void aCallThatIsSentElsewhereIsHeardThere(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port =
        bed.sbc(
                trunk(trunkPort),
                """
                - name: outside
                  when: { from: registered, to: "9([0-9]+)" }
                  to: [ { trunk: carrier } ]
                """)
            .ports()
            .sip();
    BaresipPhone caller = bed.phone("1002", FIRST, PhoneTransport.UDP, MANUAL);
    BaresipPhone callee = bed.phone("1004", SECOND, PhoneTransport.UDP, AUTO);
    Sipp trunk = bed.sipp(plan("redirect", trunkPort, port), NOBODY, "1004");

    caller.dial("92000");

    caller.awaitTone(SECOND);
    callee.awaitTone(FIRST);
    trunk.awaitSuccess();
  }

  private static Sipp.Plan plan(String scenario, int trunkPort, int port) {
    return new Sipp.Plan(scenario, PhoneTransport.UDP, Sipp.TRUNK_ADDRESS, trunkPort, port, 1);
  }

  private static String trunk(int port) {
    return """
    trunks:
      carrier: { targets: [ "sip:%s:%d" ], from: [ %s/32 ] }
    """
        .formatted(Sipp.TRUNK_ADDRESS, port, Sipp.TRUNK_ADDRESS);
  }
}
