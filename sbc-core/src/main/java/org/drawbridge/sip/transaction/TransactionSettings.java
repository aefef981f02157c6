package org.drawbridge.sip.transaction;

/**
 * The base timers of RFC 3261 table 4 and the size of the table.
 *
 * @param t1 estimate of the round trip, ms
 * @param t2 longest interval between retransmissions, ms, at least T1
 * @param t4 how long a message may stay in the network, ms
 * @param capacity how many transactions one loop holds, client and server together
 */
public record TransactionSettings(long t1, long t2, long t4, int capacity) {

  /**
   * The RFC's timers and 250,000 transactions a loop. Of a call three stay for 32 s after it, so
   * that this is enough for 2,200 calls a second; one that is over takes some 700 bytes.
   */
  public static final TransactionSettings DEFAULTS =
      new TransactionSettings(500, 4_000, 5_000, 250_000);

  /** The least timer D may be (RFC 3261 17.1.1.2), ms. */
  private static final long MIN_TIMER_D = 32_000;

  /** Refuses values the machines cannot work with. */
  public TransactionSettings {
    if (t1 <= 0 || t2 < t1 || t4 <= 0 || capacity <= 0) {
      throw new IllegalArgumentException(
          "Bad transaction settings: T1 %d, T2 %d, T4 %d, capacity %d"
              .formatted(t1, t2, t4, capacity));
    }
  }

  /** How long a transaction is tried: timers B, F, H, J, L and M, ms. */
  public long timeout() {
    return 64 * t1;
  }

  /** Timer D on an unreliable transport, ms. */
  long timerD() {
    return Math.max(MIN_TIMER_D, timeout());
  }

  /** The retransmission interval that follows one, doubled up to T2, ms. */
  public long backOff(long interval) {
    return Math.min(2 * interval, t2);
  }

  /**
   * When a client's timer E reaches T2 for the first time, ms after its request: from then on a 100
   * to a non-INVITE request saves more than it costs (RFC 4320 4.1).
   */
  long timerEReachesT2() {
    long elapsed = 0;
    for (long interval = t1; interval < t2; interval = backOff(interval)) {
      elapsed += interval;
    }
    return elapsed;
  }
}
