package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** A carrier whose proxy wants to stay on the path of the call (RFC 3261 section 16.12.1). */
@OnTestBed
final class RecordRouteTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");

  @Test
  void requestsGoThroughTheProxyThatRecordedItself(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port =
        bed.sbc(
                "trunks: { carrier: { targets: [ \"sip:127.0.0.2:" + trunkPort + "\" ] } }\n",
                "- { name: outside, when: { to: \"[0-9]+\" }, to: [ { trunk: carrier } ] }\n")
            .ports()
            .sip();
    RawPhone trunk = bed.join(RawPhone.open("127.0.0.2", trunkPort, port));
    RawPhone proxy = bed.join(RawPhone.open("127.0.0.3", port));
    RawPhone caller = bed.join(RawPhone.open("127.0.0.11", port));
    RawCall call = new RawCall(caller, ACCOUNT, "sip:442079460000@" + SbcFiles.DOMAIN);
    call.place();
    String route = "<sip:" + proxy.hostPort() + ";lr>";

    trunk.respond(
        trunk.awaitRequest("INVITE"), "200 OK\r\nRecord-Route: " + route, RawCall.sdp("127.0.0.2"));

    WireMessage ack = proxy.awaitRequest("ACK");
    assertThat(ack.header("Route")).isEqualTo(route);
    assertThat(ack.requestUri()).contains(trunk.hostPort());
    WireMessage answer = caller.awaitResponse(200, "INVITE");
    assertThat(answer.headers("Record-Route")).isEmpty();
    caller.send(call.ack(answer));
    caller.send(call.next("BYE", answer));
    WireMessage bye = proxy.awaitRequest("BYE");
    assertThat(bye.header("Route")).isEqualTo(route);
    proxy.respond(bye, "200 OK", "");
    caller.awaitResponse(200, "BYE");
    assertThat(trunk.requests("BYE")).isEmpty();
  }
}
