package org.drawbridge.sipunit;

import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** A CANCEL that crosses with the answer, which it must not undo (RFC 3261 section 9.2). */
@OnTestBed
final class LateCancelTest {

  @Test
  void aCancelBeforeTheAckOfTheAnswerChangesNothing(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.answer();

    phones.caller().send(phones.call().cancel());

    assertAnswered(phones);
    phones.caller().send(phones.call().ack(answer));
    phones.assertAlive(answer);
  }

  @Test
  void aCancelAfterTheAckOfTheAnswerChangesNothing(TestBed bed) {
    TwoPhones phones = TwoPhones.ringing(bed);
    WireMessage answer = phones.connect();

    phones.caller().send(phones.call().cancel());

    assertAnswered(phones);
    phones.assertAlive(answer);
  }

  private static void assertAnswered(TwoPhones phones) {
    WireMessage outcome = phones.caller().await("a final response", m -> m.isFinal("CANCEL"));
    assertThat(outcome.startLine()).matches("SIP/2.0 (200|481) .*");
    assertThat(phones.caller().all(m -> m.isResponse(487, "INVITE"))).isEmpty();
  }
}
