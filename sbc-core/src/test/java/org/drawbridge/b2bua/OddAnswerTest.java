package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimCall;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to a change of the session that nobody has asked for. */
final class OddAnswerTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);
  private static final String HOLD = Sdps.phone("192.0.2.11", 4000, 2, "sendonly");
  private static final String HELD = Sdps.phone("192.0.2.22", 4002, 2, "recvonly");
  private static final String OFF = HELD.replace("m=audio 4002", "m=audio 0");

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");
  private SimCall call;

  @BeforeEach
  void connect() {
    call = SimCall.connect(alice, OFFER, bob, ANSWER);
  }

  @AfterEach
  void theCallStillLivesAndNothingIsLeftAfterwards() {
    call.hangUp();
    lab.assertClean();
  }

  private SipRequest offeredToBob(String sdp) {
    alice.send(SimPhone.withSdp(call.callerDialog().request(Method.INVITE), sdp));
    return bob.expect(Method.INVITE);
  }

  private void bobTakesTheSessionAsItWas() {
    SipRequest again = bob.expect(Method.INVITE);
    assertThat(again.bodyText()).contains("a=sendrecv");
    bob.reply(again, 200, ANSWER);
    bob.expect(Method.ACK);
  }

  @Test
  void audioThatIsTurnedOffForAHoldComesBackAfterIt() {
    bob.reply(offeredToBob(HOLD), 200, OFF);
    bob.expect(Method.ACK);
    var held = alice.expect(200);
    alice.ack(call.callerDialog(), held, null);
    bob.reply(offeredToBob(OFFER), 200, ANSWER);
    bob.expect(Method.ACK);
    var resumed = alice.expect(200);
    alice.ack(call.callerDialog(), resumed, null);

    assertThat(held.bodyText()).contains("a=inactive");
    assertThat(resumed.bodyText()).contains("a=sendrecv");
  }

  @Test
  void whoGaveAnAnswerOfNoUseIsBroughtBackAndMayChangeTheSessionItself() {
    bob.reply(offeredToBob(HOLD), 200, Sdps.oddCodec("192.0.2.22", 4002));
    bob.expect(Method.ACK);
    alice.expect(488);
    bobTakesTheSessionAsItWas();
    var dialog = call.calleeDialog();
    bob.send(SimPhone.withSdp(dialog.request(Method.INVITE), HELD.replace("recvonly", "sendonly")));
    alice.reply(alice.expect(Method.INVITE), 200, HOLD.replace("sendonly", "recvonly"));
    alice.expect(Method.ACK);

    bob.ack(dialog, bob.expect(200), null);
  }

  /** Else it would repeat its 2xx for half a minute and then hang up (RFC 3261 13.3.1.4). */
  @Test
  void whoAcceptsAfterAProxyHasRefusedIsAcknowledgedAndBroughtBack() {
    SipRequest reinvite = offeredToBob(HOLD);
    bob.reply(reinvite, 500, null);
    bob.expect(Method.ACK);
    alice.expect(500);
    var late = bob.reply(reinvite, 200, HELD);
    assertThat(bob.expect(Method.ACK).cseq().seq()).isEqualTo(reinvite.cseq().seq());
    bob.sendAgain(late);
    bob.expect(Method.ACK);
    bobTakesTheSessionAsItWas();

    assertThat(bob.firstLines()).isEmpty();
  }
}
