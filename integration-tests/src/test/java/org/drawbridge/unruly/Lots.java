package org.drawbridge.unruly;

import java.util.List;
import java.util.Random;

/** Chance, the same for the same seed. One thread at a time. */
final class Lots {

  private final Random random;

  Lots(long seed) {
    this.random = new Random(seed);
  }

  /** Chances of another thread. */
  Lots child() {
    return new Lots(seed());
  }

  /** For chances of another thread. */
  long seed() {
    return random.nextLong();
  }

  /** One of several, each as likely as the others. */
  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Whether something of this probability (0 to 1) happens. */
  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from one bound to, not including, another. */
  int between(int from, int to) {
    return random.nextInt(from, to);
  }

  /** So many random bytes. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A word of so many digits and letters. */
  String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(Character.forDigit(random.nextInt(36), 36));
    }
    return word.toString();
  }
}
