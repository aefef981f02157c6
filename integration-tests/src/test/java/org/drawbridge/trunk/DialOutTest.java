package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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

/** What a trunk gets of a call that an account makes, and what the account gets of the trunk. */
@OnTestBed
final class DialOutTest {

  private static final SipAccount ACCOUNT = SbcFiles.account("1002");
  private static final String FIRST = "127.0.0.2";
  private static final String SECOND = "127.0.0.3";
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private static final String OUTSIDE =
      """
      - name: outside
        when: { from: registered, to: "00([0-9]+)" }
        set: { to: "+$1" }
        to: [ { trunk: carrier } ]
      """;

  @Test
  void theTrunkGetsTheNumberAsTheRouteWritesIt(TestBed bed) {
    Carrier carrier = Carrier.start(bed);

    Carrier.dial(bed);

    WireMessage invite = carrier.first().awaitRequest("INVITE");
    assertThat(invite.requestUri()).startsWith("sip:+442079460000@" + carrier.first().hostPort());
    assertThat(invite.header("To")).contains("sip:+442079460000@" + FIRST);
    assertThat(invite.header("From")).contains("sip:1002@" + SbcFiles.DOMAIN);
    assertThat(invite.header("P-Asserted-Identity")).contains("sip:1002@" + SbcFiles.DOMAIN);
    assertThat(invite.text())
        .doesNotContain("Authorization", "00442079460000", "127.0.0.11", "Caller/1.0");
  }

  @Test
  void earlyMediaReachesTheCallerAndStaysTheSameInTheAnswer(TestBed bed) {
    Carrier carrier = Carrier.start(bed);
    RawPhone caller = Carrier.dial(bed);
    RawPhone trunk = carrier.first();
    WireMessage invite = trunk.awaitRequest("INVITE");

    trunk.respond(invite, "183 Session Progress", RawCall.sdp(FIRST));

    WireMessage progress = caller.awaitResponse(183, "INVITE");
    assertThat(progress.header("Content-Type")).isEqualTo("application/sdp");
    assertThat(progress.body()).contains("c=IN IP4 127.0.0.1\r\n").doesNotContain(FIRST);

    trunk.respond(invite, "200 OK", RawCall.sdp(FIRST));

    WireMessage answer = caller.awaitResponse(200, "INVITE");
    assertThat(answer.body()).isEqualTo(progress.body());
    assertThat(answer.tag("To")).isEqualTo(progress.tag("To"));
  }

  @Test
  void theSecondTargetTakesTheCallThatTheFirstCannot(TestBed bed) {
    Carrier carrier = Carrier.start(bed);
    RawPhone caller = Carrier.dial(bed);

    carrier.first().respond(carrier.first().awaitRequest("INVITE"), "503 Try Elsewhere", "");
    WireMessage second = carrier.second().awaitRequest("INVITE");
    carrier.second().respond(second, "200 OK", RawCall.sdp(SECOND));

    caller.awaitResponse(200, "INVITE");
    carrier.first().awaitRequest("ACK");
    carrier.second().awaitRequest("ACK");
    assertThat(second.requestUri()).startsWith("sip:+442079460000@" + carrier.second().hostPort());
    assertThat(caller.all(message -> message.startLine().startsWith("SIP/2.0 5"))).isEmpty();
    assertThat(bed.sbc().log()).contains("call.passed-over", "status=503");
  }

  @Test
  void aNumberThatDoesNotExistIsNotTriedElsewhere(TestBed bed) {
    Carrier carrier = Carrier.start(bed);
    RawPhone caller = Carrier.dial(bed);

    carrier.first().respond(carrier.first().awaitRequest("INVITE"), "404 Not Found", "");

    caller.awaitResponse(404, "INVITE");
    Await.pause(A_WHILE);
    assertThat(carrier.second().requests("INVITE")).isEmpty();
  }

  @Test
  void aTargetThatTakesNoConnectionIsPassedOver(TestBed bed) {
    int secondPort = FreePorts.one();
    String targets = "sip:%s:%d;transport=tcp\", \"sip:%s:%d";
    String hosts = targets.formatted(FIRST, FreePorts.one(), SECOND, secondPort);
    int port =
        bed.sbc("trunks: { carrier: { targets: [ \"" + hosts + "\" ] } }\n", OUTSIDE).ports().sip();
    RawPhone second = bed.join(RawPhone.open(SECOND, secondPort, port));

    RawPhone caller = Carrier.dial(bed);

    second.respond(second.awaitRequest("INVITE"), "200 OK", RawCall.sdp(SECOND));
    caller.awaitResponse(200, "INVITE");
  }

  @Test
  void aChallengeOfTheTrunkIsAnsweredWithItsOwnPassword(TestBed bed) {
    Carrier carrier = Carrier.start(bed);
    RawPhone caller = Carrier.dial(bed);
    RawPhone trunk = carrier.first();
    String challenge =
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Digest realm=\"carrier\","
            + " nonce=\"n1\", algorithm=MD5, qop=\"auth\"";

    trunk.respond(trunk.awaitRequest("INVITE"), challenge, "");

    WireMessage again =
        trunk.await(
            "INVITE again", m -> m.isRequest("INVITE") && m.header("CSeq").equals("2 INVITE"));
    assertThat(again.header("Proxy-Authorization"))
        .contains("username=\"me\"", "realm=\"carrier\"", "nonce=\"n1\"", "qop=auth");
    trunk.respond(again, "200 OK", RawCall.sdp(FIRST));
    caller.awaitResponse(200, "INVITE");
    assertThat(caller.all(m -> m.isResponse(407, "INVITE"))).hasSize(1);
  }

  /** A trunk of two targets, which answer as the test says. */
  private record Carrier(RawPhone first, RawPhone second) {

    static Carrier start(TestBed bed) {
      int firstPort = FreePorts.one();
      int secondPort = FreePorts.one();
      int port =
          bed.sbc(trunk(List.of(FIRST, SECOND), firstPort, secondPort), OUTSIDE).ports().sip();
      return new Carrier(
          bed.join(RawPhone.open(FIRST, firstPort, port)),
          bed.join(RawPhone.open(SECOND, secondPort, port)));
    }

    private static String trunk(List<String> hosts, int firstPort, int secondPort) {
      return """
      trunks:
        carrier:
          targets: [ "sip:%s:%d", "sip:%s:%d" ]
          from: [ 127.0.0.2/31 ]
          trust: true
          username: me
          password: a-secret-of-the-carrier
      """
          .formatted(hosts.getFirst(), firstPort, hosts.getLast(), secondPort);
    }

    /** An account dials a number outside; returns its phone. */
    static RawPhone dial(TestBed bed) {
      RawPhone caller = bed.join(RawPhone.open("127.0.0.11", bed.sbc().ports().sip()));
      caller.register(ACCOUNT);
      new RawCall(caller, ACCOUNT, "sip:00442079460000@" + SbcFiles.DOMAIN).place();
      return caller;
    }
  }
}
