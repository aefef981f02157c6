package org.drawbridge.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.policy.TrunkTry;
import org.drawbridge.policy.TrunkTry.Verdict;
import org.drawbridge.routing.trunk.Breaker;
import org.drawbridge.upstream.CircuitStatus.State;
import org.junit.jupiter.api.Test;

/** When a trunk whose calls fail is left alone, and when it is tried again. */
final class CircuitTest {

  private static final Breaker HALF_OF_FOUR =
      new Breaker(50, 4, Duration.ofSeconds(30), Duration.ofSeconds(10));

  private final AtomicLong now = new AtomicLong();
  private final Circuit circuit =
      new Circuit("acme", HALF_OF_FOUR, () -> Instant.ofEpochMilli(now.get()));

  private void calls(Verdict... verdicts) {
    for (Verdict verdict : verdicts) {
      circuit.begin().end(verdict);
    }
  }

  private void open() {
    calls(Verdict.WORKS, Verdict.WORKS, Verdict.FAILS, Verdict.FAILS);
    assertThat(circuit.status().state()).isEqualTo(State.OPEN);
  }

  @Test
  void aFewFailuresAreNothing() {
    calls(Verdict.FAILS, Verdict.FAILS, Verdict.FAILS);
    assertThat(circuit.open()).isNull();
    calls(Verdict.UNKNOWN);
    assertThat(circuit.open()).isNull();
  }

  @Test
  void halfOfTheLastOnesIsTooMuch() {
    open();
    assertThat(circuit.open()).isEqualTo("Trunk acme is left alone: 2 of its last 4 calls failed");
  }

  @Test
  void failuresOfLongAgoDoNotCount() {
    calls(Verdict.FAILS, Verdict.FAILS);
    now.set(30_001);
    calls(Verdict.WORKS, Verdict.FAILS);
    assertThat(circuit.open()).isNull();
    calls(Verdict.FAILS);
    assertThat(circuit.open()).as("a window that begins with an old failure").isNull();
    calls(Verdict.FAILS);
    assertThat(circuit.open()).isNotNull();
  }

  @Test
  void afterThePauseOneCallTriesIt() {
    open();
    now.addAndGet(9_999);
    assertThat(circuit.open()).isNotNull();
    now.addAndGet(1);
    assertThat(circuit.open()).isNull();
    TrunkTry trial = circuit.begin();
    assertThat(circuit.status().state()).isEqualTo(State.HALF_OPEN);
    assertThat(circuit.open()).as("for the others").isNotNull();

    trial.end(Verdict.WORKS);
    trial.end(Verdict.FAILS);
    assertThat(circuit.open()).isNull();
    assertThat(circuit.status().reason()).isEqualTo("a call got through");
    calls(Verdict.FAILS);
    assertThat(circuit.open()).as("old failures are forgotten").isNull();
  }

  @Test
  void aTrialThatFailsOpensItForAnotherPause() {
    open();
    now.addAndGet(10_000);
    circuit.begin().end(Verdict.FAILS);
    now.addAndGet(9_999);
    assertThat(circuit.open()).isNotNull();
    now.addAndGet(1);
    assertThat(circuit.open()).isNull();
  }

  @Test
  void aTrialThatWasTakenBackLeavesTheNextCallToTryIt() {
    open();
    now.addAndGet(10_000);
    circuit.begin().end(Verdict.UNKNOWN);
    assertThat(circuit.open()).isNull();
    circuit.begin().end(Verdict.WORKS);
    assertThat(circuit.status().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void callsThatBeganBeforeSayNothingOfTheTrial() {
    TrunkTry old = circuit.begin();
    open();
    now.addAndGet(10_000);
    TrunkTry trial = circuit.begin();
    old.end(Verdict.WORKS);
    assertThat(circuit.status().state()).isEqualTo(State.HALF_OPEN);
    trial.end(Verdict.FAILS);
    assertThat(circuit.status().state()).isEqualTo(State.OPEN);
  }
}
