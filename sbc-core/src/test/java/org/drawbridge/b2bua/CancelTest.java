package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.sim.Lab;
import org.drawbridge.sim.Sdps;
import org.drawbridge.sim.SimDialog;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who give up, and the races that come of it. */
final class CancelTest {

  private static final String OFFER = Sdps.phone("192.0.2.11", 4000);
  private static final String ANSWER = Sdps.phone("192.0.2.22", 4002);

  private final Lab lab = new Lab();
  private final SimPhone alice = lab.phone("1001", Transport.TCP, "192.0.2.11");
  private final SimPhone bob = lab.phone("1002", Transport.UDP, "192.0.2.22");

  @AfterEach
  void nothingIsLeft() {
    lab.assertClean();
  }

  @Test
  void aCancelStopsTheRinging() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.cancel(invite);
    SipResponse ofCancel = alice.expect(200);
    alice.ackFailure(invite, alice.expect(487));
    SipRequest cancel = bob.expect(Method.CANCEL);
    bob.reply(cancel, 200, null);
    bob.reply(arrived, 487, null);

    assertThat(ofCancel.cseq().method()).isEqualTo(Method.CANCEL);
    assertThat(lab.counters().get(CallCounters.Kind.CANCELLED)).isEqualTo(1);
  }

  @Test
  void aCancelBeforeTheCalleeHasSaidAnythingWaitsForIt() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    assertThat(bob.firstLines()).isEmpty();
    bob.reply(arrived, 100, null);
    bob.reply(bob.expect(Method.CANCEL), 200, null);
    bob.reply(arrived, 487, null);

    bob.expect(Method.ACK);
  }

  @Test
  void anAnswerThatCrossesTheCancelIsHungUpOn() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));
    bob.reply(arrived, 200, ANSWER);
    bob.expect(Method.ACK);
    SipRequest bye = bob.expect(Method.BYE);
    bob.reply(bye, 200, null);
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    assertThat(bye.toTag()).isEqualTo(bob.dialog(arrived).request(Method.INFO).build().fromTag());
    assertThat(bye.headers().has(HeaderName.REASON)).isFalse();
  }

  @Test
  void aCancelThatCrossesTheAnswerChangesNothing() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 200, ANSWER);
    alice.cancel(invite);
    SipResponse answer = alice.expect(200);
    SimDialog dialog = alice.dialog(invite, answer);
    alice.ack(dialog, answer, null);
    assertThat(lab.core().calls().size()).isEqualTo(1);
    alice.send(dialog.request(Method.BYE));

    bob.reply(bob.expect(Method.BYE), 200, null);
  }

  @Test
  void theReasonOfACancelGoesOn() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SipRequest withReason =
        SipRequest.builder(Method.CANCEL, invite.requestUri())
            .copy(invite, HeaderName.VIA)
            .copy(invite, HeaderName.FROM)
            .copy(invite, HeaderName.TO)
            .copy(invite, HeaderName.CALL_ID)
            .header(HeaderName.CSEQ, "100 CANCEL")
            .header(HeaderName.REASON, "SIP;cause=200;text=\"Call completed elsewhere\"")
            .build();
    alice.sendAgain(withReason);
    alice.ackFailure(invite, alice.expect(487));
    SipRequest cancel = bob.expect(Method.CANCEL);
    bob.reply(cancel, 200, null);
    bob.reply(arrived, 487, null);

    assertThat(cancel.headers().first(HeaderName.REASON))
        .isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
  }

  @Test
  void aByeInTheEarlyDialogEndsTheCall() {
    SipRequest invite = alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    SimDialog early = alice.dialog(invite, alice.expect(180));
    alice.send(early.request(Method.BYE));
    alice.expect(200);
    alice.ackFailure(invite, alice.expect(487));
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    bob.reply(arrived, 487, null);
  }

  @Test
  void aCallerWhoseConnectionClosesWhileItRingsHasGivenUp() {
    alice.invite("1002", OFFER);
    SipRequest arrived = bob.expect(Method.INVITE);
    bob.reply(arrived, 180, null);
    lab.disconnect(alice, CloseCause.PEER_CLOSED);
    bob.reply(bob.expect(Method.CANCEL), 200, null);

    bob.reply(arrived, 487, null);
  }

  @Test
  void aCalleeThatNeverConfirmsTheCancelIsForgotten() {
    SipRequest invite = alice.invite("1002", OFFER);
    bob.reply(bob.expect(Method.INVITE), 180, null);
    alice.cancel(invite);
    alice.ackFailure(invite, alice.expect(487));

    bob.expect(Method.CANCEL);
  }
}
