package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.drawbridge.sim.Town;
import org.drawbridge.sip.transaction.SimNet.Weather;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Robots that call one another at random over a bad network: they ring reliably, offer late, change
 * the session early and later, from both sides, often in the same moment, transfer one another and
 * into calls that still ring, go on with their calls by others, redirect and give up. Every request
 * has one outcome, no side is left talking to itself, and nothing stays in any table.
 */
final class CallSimulationTest {

  private static final int SEEDS = 80;
  private static final String CALLS = "org.drawbridge";

  /** Thousands of calls tell more than anyone reads. */
  @BeforeAll
  static void quiet() {
    Configurator.setLevel(CALLS, Level.WARN);
  }

  @AfterAll
  static void loud() {
    Configurator.setLevel(CALLS, Level.INFO);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25})
  void everythingEndsAndNothingIsLeft(double loss) {
    int pracks = 0;
    int earlyChanges = 0;
    int transfers = 0;
    int earlyTransfers = 0;
    int takeovers = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Town town = new Town(seed, new Weather(loss, loss / 2, 5, 400));
      AgreementWatch watch = new AgreementWatch(town.lab(), town.links(), 300);
      town.live();
      assertThat(watch.faults()).as("seed %d: sides that never agree", seed).isEmpty();
      town.assertQuiet("seed " + seed);
      pracks += town.pracks();
      earlyChanges += town.earlyChanges();
      transfers += town.transfers();
      earlyTransfers += town.earlyTransfers();
      takeovers += town.takeovers();
    }
    assertThat(pracks).as("reliable responses").isGreaterThan(SEEDS);
    assertThat(transfers).as("transfers").isGreaterThan(SEEDS);
    assertThat(earlyTransfers).as("transfers while it rings").isPositive();
    assertThat(takeovers).as("calls gone on with").isPositive();
    assertThat(earlyChanges).as("early changes").isPositive();
  }
}
