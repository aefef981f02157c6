package org.drawbridge.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.dialog.AckWait.Step;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.Messages;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.junit.jupiter.api.Test;

class AckWaitTest {

  private static final long START = 10_000;

  private final SipRequest invite = Messages.incoming(Method.INVITE, "call", "z9hG4bKa").build();
  private final SipResponse ok = Messages.response(invite, 200);
  private final AckWait wait = new AckWait(ok, TransactionSettings.DEFAULTS, START);

  @Test
  void the2xxIsSentAgainEverSlowerUntilItIsGivenUp() {
    List<Long> sentAt = new ArrayList<>();
    long gaveUpAt = -1;
    while (!wait.isOver()) {
      long now = wait.nextDeadline();
      switch (wait.step(now)) {
        case SEND_AGAIN -> sentAt.add(now - START);
        case GIVE_UP -> gaveUpAt = now - START;
        case WAIT -> throw new AssertionError("Nothing to do at its own deadline");
      }
    }
    assertThat(sentAt)
        .containsExactly(
            500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
    assertThat(gaveUpAt).isEqualTo(32_000);
    assertThat(wait.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nothingIsDueBeforeTheDeadline() {
    assertThat(wait.step(START + 499)).isEqualTo(Step.WAIT);
    assertThat(wait.step(START + 500)).isEqualTo(Step.SEND_AGAIN);
    assertThat(wait.step(START + 500)).isEqualTo(Step.WAIT);
  }

  @Test
  void theAckEndsTheWait() {
    assertThat(wait.onAck(ack(1))).isTrue();
    assertThat(wait.step(START + 40_000)).isEqualTo(Step.WAIT);
    assertThat(wait.onAck(ack(1))).isFalse();
  }

  @Test
  void anAckOfAnotherInviteDoesNot() {
    assertThat(wait.onAck(ack(2))).isFalse();
    assertThat(wait.onAck(invite)).isFalse();
    assertThat(wait.isOver()).isFalse();
    assertThat(wait.success()).isSameAs(ok);
  }

  private static SipRequest ack(int seq) {
    return Messages.incoming(Method.ACK, "call", "z9hG4bKb")
        .replace(HeaderName.CSEQ, seq + " ACK")
        .build();
  }
}
