package org.drawbridge.media.dtls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Delivers datagrams in any order, some twice, some not at all, by a seed, and then becomes a good
 * one: who repeats himself after ever longer pauses would otherwise now and then need minutes.
 * Thread-safe: what is held back leaves with the next that comes, at the latest when the sender
 * repeats itself.
 */
final class UnsteadyLink {

  private static final int MOST_HELD = 6;
  private static final int UNSTEADY = 25;

  private final Random random;
  private final List<byte[]> held = new ArrayList<>();
  private int passed;

  UnsteadyLink(long seed) {
    random = new Random(seed);
  }

  synchronized void pass(List<byte[]> datagrams, Consumer<byte[]> onward) {
    if (passed++ >= UNSTEADY) {
      held.addAll(datagrams);
      held.forEach(onward);
      held.clear();
      return;
    }
    for (byte[] datagram : datagrams) {
      int fate = random.nextInt(10);
      if (fate > 0) {
        held.add(datagram);
      }
      if (fate > 8) {
        held.add(datagram);
      }
    }
    Collections.shuffle(held, random);
    int kept = random.nextInt(Math.min(held.size(), MOST_HELD) + 1);
    List<byte[]> leaving = held.subList(kept, held.size());
    leaving.forEach(onward);
    leaving.clear();
  }
}
