package org.drawbridge.proxy;

import org.drawbridge.sim.Town;
import org.drawbridge.sip.transaction.SimNet.Weather;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Robots that call one another through a proxy at random, over a network that loses, doubles and
 * reorders: every call ends once for its caller, whoever of a fork answers, no dialog is left, and
 * nothing stays in any table.
 */
final class ProxySimulationTest {

  private static final int SEEDS = 60;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25})
  void everythingEndsAndNothingIsLeft(double loss) {
    live(loss, ProxyLab.CONFIG);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25})
  void neitherIsAnyMediaWhereItIsRelayed(double loss) {
    live(loss, ProxyLab.RELAYING);
  }

  private static void live(double loss, String config) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Town town = new Town(seed, new Weather(loss, loss / 2, 5, 400), config);
      town.live();
      town.assertQuiet("seed " + seed);
    }
  }
}
