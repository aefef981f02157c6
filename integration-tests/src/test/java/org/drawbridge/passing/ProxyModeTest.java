package org.drawbridge.passing;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.BaresipPhone.Answering;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of routes that say {@code mode: proxy}, with SIPp, baresip and hand-written messages. */
@OnTestBed
final class ProxyModeTest {

  private static final SipAccount NOBODY = new SipAccount("unused", SbcFiles.DOMAIN, "unused");
  private static final SipAccount OUTSIDER =
      new SipAccount("+442079460000", "carrier.example", "none");
  private static final SipAccount CALLER = SbcFiles.account("1002");

  private static final String INSIDE =
      """
      - name: passing
        when: { to-domain: local, to: "100." }
        to: { registrar: true }
        mode: proxy
        media: direct
      """;

  private static final String OUTSIDE =
      """
      - name: outside
        when: { to: "[0-9]{10,}" }
        to: { trunk: carrier }
        mode: proxy
        media: direct
      """;

  private static String trunk(PhoneTransport via, int port) {
    return """
    trunks:
      carrier:
        targets: [ "sip:%s:%d;transport=%s" ]
        from: [ %s/32 ]
    """
        .formatted(Sipp.TRUNK_ADDRESS, port, via.token(), Sipp.TRUNK_ADDRESS);
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aPhoneIsCalledFromATrunk(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(via, trunkPort), INSIDE).ports().sip();
    bed.phone("1002", new Tone(500), PhoneTransport.UDP, Answering.AUTO);
    Sipp.Plan plan = new Sipp.Plan("call-in", via, Sipp.TRUNK_ADDRESS, trunkPort, port, 2);

    bed.sipp(plan, NOBODY, "1002").awaitSuccess();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aPhoneCallsATrunkAndHearsIt(PhoneTransport via, TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(via, trunkPort), OUTSIDE).ports().sip();
    Sipp.Plan plan = new Sipp.Plan("answer", via, Sipp.TRUNK_ADDRESS, trunkPort, port, 1);
    Sipp carrier = bed.sipp(plan, NOBODY, "unused");
    Tone tone = new Tone(700);
    var phone = bed.phone("1002", tone, PhoneTransport.UDP, Answering.MANUAL);

    phone.dial("442079460000");
    phone.awaitEvent("CALL_ESTABLISHED");
    phone.awaitTone(tone);
    phone.hangUp();

    carrier.awaitSuccess();
  }

  @Test
  void nothingInTheCallIsChangedAndItsRequestsComeThroughUs(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(PhoneTransport.UDP, trunkPort), OUTSIDE).ports().sip();
    RawPhone trunk = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, trunkPort, port));
    RawPhone caller = bed.join(RawPhone.open("127.0.0.11", port));
    RawCall call = new RawCall(caller, CALLER, "sip:442079460000@" + SbcFiles.DOMAIN);
    call.place();

    WireMessage invite = trunk.awaitRequest("INVITE");
    assertThat(invite.header("Call-ID")).isEqualTo(call.callId());
    assertThat(invite.headers("Via")).hasSize(2);
    assertThat(invite.headers("Proxy-Authorization")).isEmpty();
    String route = invite.header("Record-Route");
    trunk.respond(invite, "200 OK\r\nRecord-Route: " + route, RawCall.sdp(trunk.address()));
    WireMessage answer = caller.awaitResponse(200, "INVITE");
    assertThat(answer.header("Record-Route")).isEqualTo(route);
    caller.send(routed(call.ack(answer), route));
    assertThat(trunk.awaitRequest("ACK").headers("Route")).isEmpty();
    caller.send(routed(call.next("BYE", answer), route));
    trunk.respond(trunk.awaitRequest("BYE"), "200 OK", "");
    caller.awaitResponse(200, "BYE");
  }

  @Test
  void theFirstOfTwoDevicesToAnswerStopsTheOther(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(PhoneTransport.UDP, trunkPort), INSIDE).ports().sip();
    RawPhone trunk = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, trunkPort, port));
    RawPhone desk = device(bed, "127.0.0.12", port);
    RawPhone mobile = device(bed, "127.0.0.13", port);
    RawCall call = new RawCall(trunk, OUTSIDER, "sip:1004@" + SbcFiles.DOMAIN);
    trunk.send(call.invite());
    WireMessage atDesk = desk.awaitRequest("INVITE");
    WireMessage atMobile = mobile.awaitRequest("INVITE");
    mobile.respond(atMobile, "180 Ringing", "");
    trunk.awaitResponse(180, "INVITE");
    desk.respond(atDesk, "200 OK", RawCall.sdp(desk.address()));
    WireMessage cancel = mobile.awaitRequest("CANCEL");
    assertThat(cancel.header("Via")).isEqualTo(atMobile.header("Via"));
    mobile.respond(cancel, "200 OK", "");
    mobile.respond(atMobile, "487 Request Terminated", "");
    mobile.awaitRequest("ACK");
    trunk.awaitResponse(200, "INVITE");
  }

  @Test
  void aCallerWhoGivesUpIsHeardByTheCalled(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(PhoneTransport.UDP, trunkPort), INSIDE).ports().sip();
    RawPhone trunk = bed.join(RawPhone.open(Sipp.TRUNK_ADDRESS, trunkPort, port));
    RawPhone desk = device(bed, "127.0.0.12", port);
    RawCall call = new RawCall(trunk, OUTSIDER, "sip:1004@" + SbcFiles.DOMAIN);
    trunk.send(call.invite());
    WireMessage invite = desk.awaitRequest("INVITE");
    desk.respond(invite, "180 Ringing", "");
    trunk.awaitResponse(180, "INVITE");
    trunk.send(call.cancel());
    trunk.awaitResponse(200, "CANCEL");
    desk.respond(desk.awaitRequest("CANCEL"), "200 OK", "");
    desk.respond(invite, "487 Request Terminated", "");
    desk.awaitRequest("ACK");
    trunk.send(call.ackOfFailure(trunk.awaitResponse(487, "INVITE")));
  }

  private static RawPhone device(TestBed bed, String address, int port) {
    RawPhone phone = bed.join(RawPhone.open(address, port));
    phone.register(SbcFiles.account("1004"));
    return phone;
  }

  private static String routed(String request, String route) {
    return request.replace("Max-Forwards", "Route: " + route + "\r\nMax-Forwards");
  }
}
