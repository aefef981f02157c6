package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RtpPortPoolTest {

  private static final long REST = 1000;

  @Test
  void givesEachEvenPortWithAnOddNeighbourOnce() {
    RtpPortPool pool = new RtpPortPool(10_001, 10_008, REST, new Random(1));
    TreeSet<Integer> taken = new TreeSet<>();
    int port;
    while ((port = pool.take(0)) != RtpPortPool.NONE) {
      taken.add(port);
    }
    assertThat(taken).containsExactly(10_002, 10_004, 10_006);
  }

  @Test
  void aReleasedPairRestsBeforeItIsUsedAgain() {
    RtpPortPool pool = new RtpPortPool(10_000, 10_001, REST, new Random(1));
    assertThat(pool.take(0)).isEqualTo(10_000);
    pool.release(10_000, 50);
    assertThat(pool.take(50 + REST - 1)).isEqualTo(RtpPortPool.NONE);
    assertThat(pool.take(50 + REST)).isEqualTo(10_000);
  }
}
