package org.drawbridge.media.dtls;

import java.util.Random;
import java.util.function.Consumer;

/** Loses one datagram in so many, by a seed. Thread-safe. */
final class LossyLink {

  private final Random random;
  private final int oneIn;

  LossyLink(long seed, int oneIn) {
    random = new Random(seed);
    this.oneIn = oneIn;
  }

  void pass(byte[] datagram, Consumer<byte[]> onward) {
    if (random.nextInt(oneIn) != 0) {
      onward.accept(datagram);
    }
  }
}
