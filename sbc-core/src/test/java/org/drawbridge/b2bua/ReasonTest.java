package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a call ended crosses to the other side (RFC 3326, RFC 6432). */
final class ReasonTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String[] BOTH = {
    "Q.850;cause=16;text=\"done\";location=RLN", "SIP;cause=200"
  };

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void allReasonsOfAByeCross() {
    SimCall call = SimCall.connect(alice, OFFER, bob, Sdps.phone("192.0.2.22", 4002));
    MessageBuilder<SipRequest> bye = call.callerDialog().request(Method.BYE);
    for (String reason : BOTH) {
      bye.header(HeaderName.REASON, reason);
    }
    alice.send(bye);
    alice.expect(200);
    SipRequest passed = bob.expect(Method.BYE);
    bob.reply(passed, 200, null);

    assertThat(passed.headers().values(HeaderName.REASON)).containsExactly(BOTH);
  }

  @Test
  void theLogTellsAReasonWithTheQuotesThatItHas() {
    try (LogLines log = LogLines.of("org.drawbridge.call")) {
      allReasonsOfAByeCross();
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("call.ended ")
                      .contains(
                          "cause=\"Q.850;cause=16;text='done';location=RLN, SIP;cause=200\""));
    }
  }

  @Test
  void allReasonsOfACancelCross() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipRequest cancel =
        SipRequest.builder(Method.CANCEL, invite.requestUri())
            .copy(invite, HeaderName.VIA)
            .copy(invite, HeaderName.FROM)
            .copy(invite, HeaderName.TO)
            .copy(invite, HeaderName.CALL_ID)
            .header(HeaderName.CSEQ, invite.cseq().seq() + " CANCEL")
            .header(HeaderName.REASON, String.join(", ", BOTH))
            .build();
    alice.sendAgain(cancel);
    SipRequest passed = bob.expect(Method.CANCEL);
    bob.reply(passed, 200, null);
    bob.reply(arrived, 487, null);
    alice.ackFailure(invite, alice.expect(487));

    assertThat(passed.headers().values(HeaderName.REASON)).containsExactly(BOTH);
  }

  /** A status that is not the caller's business is replaced; the cause is still told. */
  @ParameterizedTest
  @CsvSource({"480, 480", "407, 500"})
  void theCauseInARefusalReachesTheCaller(int given, int shown) {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), given, null, "Reason: Q.850;cause=27");
    SipResponse refusal = alice.expect(shown);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.headers().all(HeaderName.REASON)).containsExactly("Q.850;cause=27");
  }

  /** Who was blocked by a network may complain there; a person who declines says no more. */
  @ParameterizedTest
  @CsvSource({"Network Blocked, Network Blocked", "Declined by bob, Decline"})
  void aCallThatANetworkHasBlockedIsToldFromOneThatWasDeclined(String said, String told) {
    String reason =
        "SIP;cause=603;text=\"v=analytics1;url=https://a.example/x;tel=+12015550100\";location=LN";
    SimPhone trunk = lab.trunk("203.0.113.1");
    SipRequest invite = alice.invite("+442079460000", OFFER);
    SipResponse blocked =
        SipResponse.to(trunk.expect(Method.INVITE), 603, said, "x")
            .header(HeaderName.REASON, reason)
            .build();
    trunk.wire().send(blocked.wire());
    SipResponse refusal = alice.expect(603);
    alice.ackFailure(invite, refusal);

    assertThat(refusal.reason()).isEqualTo(told);
    assertThat(refusal.headers().all(HeaderName.REASON)).containsExactly(reason);
  }
}
