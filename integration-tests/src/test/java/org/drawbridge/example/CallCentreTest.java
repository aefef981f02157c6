package org.drawbridge.example;

import static org.drawbridge.example.Office.account;

import java.util.Map;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Browser;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** The example of a call centre in the browser. */
@OnTestBed
final class CallCentreTest {

  private static final String CARRIER = "127.0.0.2";
  private static final SipAccount SUPPORT = account("support", "example.com");

  @Test
  void anAgentInTheBrowserTakesACallOfTheHotline(TestBed bed) {
    int port = FreePorts.one();
    Office office =
        Office.open(
            bed,
            "call-centre",
            Map.of(
                "sip:sbc.carrier.example",
                "sip:" + CARRIER + ":" + port,
                "198.51.100.0/24",
                CARRIER),
            SUPPORT);
    RawPhone carrier = office.party(CARRIER, port);
    Browser agent = bed.visitor("agent", new Tone(440));
    agent.registered("wss://localhost:" + office.sbc().port(Transport.WSS) + "/", SUPPORT);

    RawCall call = Office.callIn(carrier, "+442079460100", "127.0.0.1");
    agent.awaitEvent("session");
    agent.answer();
    WireMessage answer = carrier.awaitResponse(200, "INVITE");
    carrier.send(call.ack(answer));
    agent.awaitEvent("confirmed");
    carrier.send(call.next("BYE", answer));
    carrier.awaitResponse(200, "BYE");
    agent.awaitEvent("ended");
  }
}
