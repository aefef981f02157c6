/** What was sent and heard in one run, and how long it took from one end to the other. */
final class Tally {
  private static final int MAX_MICROS = 200_000;

  private final int[] latencies = new int[MAX_MICROS + 1];
  private long sent;
  private long received;
  private long wrong;
  private long disordered;

  void sent() {
    sent++;
  }

  void received(long latencyNanos) {
    received++;
    latencies[(int) Math.min(latencyNanos / 1_000, MAX_MICROS)]++;
  }

  /** A packet whose payload, numbers or tag are not what was sent. */
  void wrong() {
    wrong++;
  }

  /** A packet behind one that was sent after it, or for the second time. */
  void disordered() {
    disordered++;
  }

  String json() {
    return "{\"sent\": %d, \"lost\": %d, \"wrong\": %d, \"disordered\": %d, \"p50\": %d, \"p99\": %d, \"p999\": %d, \"max\": %d}"
        .formatted(sent, sent - received, wrong, disordered, quantile(0.5), quantile(0.99), quantile(0.999), quantile(1));
  }

  private int quantile(double share) {
    long rest = (long) Math.ceil(share * received);
    for (int micros = 0; micros < MAX_MICROS; micros++) {
      rest -= latencies[micros];
      if (rest <= 0) {
        return micros;
      }
    }
    return MAX_MICROS;
  }
}
