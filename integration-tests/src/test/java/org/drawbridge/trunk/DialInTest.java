package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.sipunit.WireMessage;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SbcFiles;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that come in without credentials: let in from a trunk's address, and from no other. */
@OnTestBed
final class DialInTest {

  /** A trunk has no account; what it calls itself proves nothing. */
  private static final SipAccount OUTSIDER =
      new SipAccount("+442079460000", "carrier.example", "none");

  private static final SipAccount CALLED = SbcFiles.account("1004");
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private static final String FROM_TRUNK =
      """
      - name: from-carrier
        when: { from: carrier, to: "+44207946([0-9]{4})" }
        set: { to: "$1" }
        to: [ { registrar: true } ]
      """;

  @Test
  void aCallFromTheTrunkReachesTheRegisteredPhone(TestBed bed) {
    RawPhone phone = phone(bed);
    RawPhone trunk = bed.join(RawPhone.open("127.0.0.2", bed.sbc().ports().sip()));
    RawCall call = call(trunk);

    trunk.send(call.invite());

    WireMessage invite = phone.awaitRequest("INVITE");
    assertThat(invite.requestUri()).contains(phone.hostPort());
    assertThat(invite.header("From")).contains("+442079460000@");
    assertThat(invite.text()).doesNotContain("127.0.0.2", call.callId());
    phone.respond(invite, "200 OK", RawCall.sdp(phone.address()));
    WireMessage answer = trunk.awaitResponse(200, "INVITE");
    trunk.send(call.ack(answer));
    phone.awaitRequest("ACK");
    trunk.send(call.next("BYE", answer));
    phone.respond(phone.awaitRequest("BYE"), "200 OK", "");
    trunk.awaitResponse(200, "BYE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.3"})
  void theSameCallFromAnotherAddressIsRefused(String address, TestBed bed) {
    RawPhone phone = phone(bed);
    RawPhone stranger = bed.join(RawPhone.open(address, bed.sbc().ports().sip()));

    stranger.send(call(stranger).invite());

    assertThat(stranger.await("a final response", m -> m.isFinal("INVITE")).startLine())
        .matches("SIP/2.0 (403|404|407) .*");
    Await.pause(A_WHILE);
    assertThat(phone.requests("INVITE")).isEmpty();
  }

  @Test
  void aCallFromTheTrunkIsNotSentBackOutThroughIt(TestBed bed) {
    int trunkPort = FreePorts.one();
    int port = bed.sbc(trunk(trunkPort), anywhere()).ports().sip();
    RawPhone trunk = bed.join(RawPhone.open("127.0.0.2", trunkPort, port));
    RawCall call = new RawCall(trunk, OUTSIDER, "sip:+15550100@" + SbcFiles.DOMAIN);

    trunk.send(call.invite());

    assertThat(trunk.await("a final response", m -> m.isFinal("INVITE")).startLine())
        .matches("SIP/2.0 (403|404) .*");
    Await.pause(A_WHILE);
    assertThat(trunk.requests("INVITE")).isEmpty();
  }

  private static String trunk(int port) {
    return """
    trunks:
      carrier: { targets: [ "sip:127.0.0.2:%d" ], from: [ 127.0.0.2/32 ] }
    """
        .formatted(port);
  }

  /** A route outside that says nothing of who may take it. */
  private static String anywhere() {
    return """
    - name: anywhere
      when: { to: "+[0-9]+" }
      to: [ { trunk: carrier } ]
    """;
  }

  private static RawPhone phone(TestBed bed) {
    int port = bed.sbc(trunk(FreePorts.one()), FROM_TRUNK).ports().sip();
    RawPhone phone = bed.join(RawPhone.open("127.0.0.12", port));
    phone.register(CALLED);
    return phone;
  }

  private static RawCall call(RawPhone from) {
    return new RawCall(from, OUTSIDER, "sip:+442079461004@" + SbcFiles.DOMAIN);
  }
}
