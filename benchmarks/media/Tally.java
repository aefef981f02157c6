import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What was sent and heard in one run, and how long it took from one end to the other. */
final class Tally {
  private static final int MAX_MICROS = 200_000;

  /** So short that what takes the processor from all of them at once is in few. */
  private static final long WINDOW_NANOS = 100_000_000L;

  private final int[] latencies = new int[MAX_MICROS + 1];
  private final int[] window = new int[MAX_MICROS + 1];
  private final List<Integer> tails = new ArrayList<>();
  private long windowEnd;
  private long windowReceived;
  private long sent;
  private long received;
  private long wrong;
  private long disordered;

  void sent() {
    sent++;
  }

  /** A packet that arrived at a time, by a clock of nanoseconds, so long after it was sent. */
  void received(long nanos, long latencyNanos) {
    if (nanos - windowEnd >= 0) {
      endWindow();
      windowEnd = nanos + WINDOW_NANOS;
    }
    // The clock that the kernel stamps with may be set back meanwhile.
    int micros = Math.clamp(latencyNanos / 1_000, 0, MAX_MICROS);
    received++;
    latencies[micros]++;
    windowReceived++;
    window[micros]++;
  }

  private void endWindow() {
    if (windowReceived > 0) {
      tails.add(quantile(window, windowReceived, 0.99));
    }
    Arrays.fill(window, 0);
    windowReceived = 0;
  }

  /** The median of what 99 of 100 packets keep to in each window. */
  private int tail() {
    endWindow();
    Collections.sort(tails);
    return tails.isEmpty() ? 0 : tails.get(tails.size() / 2);
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
    return "{\"sent\": %d, \"lost\": %d, \"wrong\": %d, \"disordered\": %d, \"p50\": %d, \"p99\": %d, \"p999\": %d, \"max\": %d, \"tail\": %d}"
        .formatted(sent, sent - received, wrong, disordered, at(0.5), at(0.99), at(0.999), at(1), tail());
  }

  private int at(double share) {
    return quantile(latencies, received, share);
  }

  private static int quantile(int[] counts, long total, double share) {
    long rest = (long) Math.ceil(share * total);
    for (int micros = 0; micros < MAX_MICROS; micros++) {
      rest -= counts[micros];
      if (rest <= 0) {
        return micros;
      }
    }
    return MAX_MICROS;
  }
}
