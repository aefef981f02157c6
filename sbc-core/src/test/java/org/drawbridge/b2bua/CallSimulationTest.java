package org.drawbridge.b2bua;

import org.drawbridge.sim.Town;
import org.drawbridge.sip.transaction.SimNet.Weather;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Robots that call one another at random over a bad network. Every call ends once for its caller,
 * no side is left talking to itself, and nothing stays in any table.
 */
final class CallSimulationTest {

  private static final int SEEDS = 25;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25})
  void everythingEndsAndNothingIsLeft(double loss) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Town town = new Town(seed, new Weather(loss, loss / 2, 5, 400));
      town.live();
      town.assertQuiet("seed " + seed);
    }
  }
}
