package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.metrics.Sample;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.LabPlane;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An INVITE over UDP that comes from a trunk's address, and may have been sent by anybody: one
 * packet is not to have us send half a minute of media to whom it describes. In either mode.
 */
@ParameterizedClass
@ValueSource(strings = {"b2bua", "proxy"})
final class ForgedCallTest {

  private static final String RULES =
      """
      domains: [example.com]
      listeners: [ { transport: udp, bind: "0.0.0.0:5060" } ]
      trunks:
        acme: { targets: "sip:203.0.113.1:5060", from: 203.0.113.1 }
      routes:
        - { name: in, when: { from: acme }, to: { registrar: true }, mode: MODE }
      """;

  private static final String VICTIM = Sdps.phone("203.0.113.99", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.11", 4000);

  @Parameter String mode = "b2bua";

  private Lab lab = new Lab();
  private SimPhone alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
  private SimPhone trunk = lab.trunk("203.0.113.1");

  @BeforeEach
  void begin() {
    lab = new Lab(RULES.replace("MODE", mode), CallLimits.DEFAULTS);
    alice = lab.phone("1001", Transport.UDP, "192.0.2.11");
    trunk = lab.trunk("203.0.113.1");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  /** Media of the caller, then of the callee. */
  private boolean[] owing() {
    return new boolean[] {port(0).owesSign(), port(1).owesSign()};
  }

  private LabPlane.Port port(int index) {
    return lab.plane().open().get(index);
  }

  private long withheld() {
    return lab.counters().registry().snapshot().stream()
        .filter(sample -> sample.value().equals("unacknowledged-media"))
        .mapToLong(Sample::amount)
        .sum();
  }

  @Test
  void whoeverDoesNotAcknowledgeOurAnswerOwesASignUntilItDoes() {
    SipRequest invite = trunk.invite("1001", VICTIM);
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 180, null);
    lab.advance(20_000);
    alice.reply(arrived, 200, ANSWER);
    SipResponse answer = trunk.expect(200);
    lab.advance(1_400);
    assertThat(owing()).containsExactly(false, false);
    lab.advance(200);
    assertThat(owing()).containsExactly(true, false);
    assertThat(withheld()).isEqualTo(1);
    SimDialog dialog = trunk.dialog(invite, answer);
    trunk.ack(dialog, answer, null);
    assertThat(owing()).containsExactly(false, false);

    trunk.hangUp(dialog, alice);
  }

  @Test
  void whoeverAcknowledgesItInTimeOwesNone() {
    SipRequest invite = trunk.invite("1001", VICTIM);
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, ANSWER);
    SipResponse answer = trunk.expect(200);
    lab.advance(600);
    SimDialog dialog = trunk.dialog(invite, answer);
    trunk.ack(dialog, answer, null);
    lab.advance(5_000);
    assertThat(owing()).containsExactly(false, false);
    assertThat(withheld()).isZero();

    trunk.hangUp(dialog, alice);
  }

  /** Who has sent a request in the dialog was told its tags, whatever became of an ACK since. */
  @Test
  void whoIsKnownToBeThereOwesNoneForALaterAnswer() {
    SipRequest invite = trunk.invite("1001", VICTIM);
    SipRequest arrived = alice.expect(Method.INVITE);
    alice.reply(arrived, 200, ANSWER);
    SipResponse answer = trunk.expect(200);
    SimDialog dialog = trunk.dialog(invite, answer);
    trunk.ack(dialog, answer, null);
    trunk.send(SimPhone.withSdp(dialog.request(Method.INVITE), VICTIM));
    SipResponse again = mode.equals("proxy") ? answerAgain() : trunk.expect(200);
    lab.advance(5_000);
    assertThat(owing()).containsExactly(false, false);
    trunk.ack(dialog, again, null);

    trunk.hangUp(dialog, alice);
  }

  private SipResponse answerAgain() {
    alice.reply(alice.expect(Method.INVITE), 200, ANSWER);
    return trunk.expect(200);
  }
}
