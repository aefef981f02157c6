package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.junit.jupiter.api.Test;

/** A refusal without state of what has been answered already. */
final class LateRefusalTest {

  private static final String BRANCH = "z9hG4bKalice";

  private final RecordingUser user = new RecordingUser();
  private final TransactionLayer layer =
      new TransactionLayer(new SimLoop(), user, TransactionSettings.DEFAULTS);
  private final RecordingFlow udp = new RecordingFlow(Transport.UDP, 1);

  /** Else the next repeat of the INVITE would be another call. */
  @Test
  void whatWasAnsweredIsNotForgottenForIt() {
    receive(Method.INVITE);
    SipRequest invite = user.last().request();
    user.last().respond(Messages.response(invite, 200));
    user.last().respondStateless(Messages.response(invite, 503));
    user.last().refuseOnce(true);
    user.last().respond(Messages.response(invite, 503));
    receive(Method.INVITE);
    assertThat(user.events).containsExactly("INVITE");
    assertThat(udp.sent()).hasSize(1);
  }

  private void receive(Method method) {
    layer.onMessage(udp, Messages.incoming(method, "call", BRANCH).build());
  }
}
