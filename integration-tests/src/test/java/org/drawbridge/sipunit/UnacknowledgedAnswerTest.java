package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A caller that falls silent at the answer (RFC 3261 section 13.3.1.4). It waits nearly all the
 * time, so others run meanwhile.
 */
@OnTestBed
@Execution(ExecutionMode.CONCURRENT)
final class UnacknowledgedAnswerTest {

  private static final Duration ACK_LIMIT = Duration.ofSeconds(32);
  private static final long T2_MILLIS = 4000;

  /** How much later than on an idle machine something may happen. */
  private static final long SLACK_MILLIS = 5000;

  @Test
  void anAnswerThatNobodyAcknowledgesIsRepeatedAndThenHungUp(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage first = phones.answer();

    WireMessage bye =
        phones
            .caller()
            .await(
                "BYE",
                1,
                ACK_LIMIT.plusMillis(2 * SLACK_MILLIS),
                message -> message.isRequest("BYE"))
            .getFirst();
    phones.caller().respond(bye, "200 OK", "");
    phones.callee().respond(phones.callee().awaitRequest("BYE"), "200 OK", "");

    assertThat(bye.millis() - first.millis())
        .isBetween(ACK_LIMIT.toMillis() - 500, ACK_LIMIT.toMillis() + SLACK_MILLIS);
    assertThat(bye.tag("To")).isEqualTo(phones.call().fromTag());
    List<WireMessage> answers = phones.caller().all(message -> message.isResponse(200, "INVITE"));
    assertThat(answers).extracting(WireMessage::text).containsOnly(first.text());
    assertIntervalsGrow(answers);
  }

  /** After T1, twice that, and so on up to T2 (RFC 3261 section 13.3.1.4). */
  private static void assertIntervalsGrow(List<WireMessage> answers) {
    assertThat(answers).hasSizeBetween(10, 11);
    long due = 0;
    for (int i = 1; i < answers.size(); i++) {
      due += Math.min(500L << i - 1, T2_MILLIS);
      assertThat(answers.get(i).millis() - answers.getFirst().millis())
          .isBetween(due - 250, due + SLACK_MILLIS);
    }
  }
}
