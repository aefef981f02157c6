import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.drawbridge.media.libc.Epoll;
import org.drawbridge.media.libc.SendQueue;

/** Lets all parties talk, evenly spread over the packet time, and hands each what it hears. Used by one thread. */
final class Traffic {
  /** A packet time in which nobody says anything. */
  static final long SILENT = Long.MAX_VALUE;

  private static final int BATCH = 32;
  private static final int SLOT = 2_048;
  private static final long SHORTEST_SLEEP_NANOS = 120_000;
  private static final long SLEEP_SLACK_NANOS = 70_000;
  private static final long CHECK_NANOS = 2_000_000_000L;

  private final Epoll epoll = new Epoll();
  private final Arrivals incoming = new Arrivals(BATCH, SLOT);
  private final SendQueue outgoing = new SendQueue(1, SLOT);
  private final byte[] packet = new byte[SLOT];
  private final List<Party> parties = new ArrayList<>();
  private Party[] byDescriptor = new Party[64];
  private Tally tally = new Tally();
  private int next;
  private long nextCheckNanos;

  Traffic() throws IOException {}

  void add(Party party) throws IOException {
    int fd = party.socket().fd();
    if (fd >= byDescriptor.length) {
      byDescriptor = Arrays.copyOf(byDescriptor, 2 * fd);
    }
    byDescriptor[fd] = party;
    parties.add(party);
    Arrivals.stamp(fd);
    epoll.watch(party.socket());
  }

  /** Its socket is closed, which ends the watch over it. */
  void remove(Party party) {
    parties.remove(party);
    byDescriptor[party.socket().fd()] = null;
    party.socket().close();
  }

  Tally newTally() {
    return tally = new Tally();
  }

  /** Each party sends once in a packet time. */
  void run(long packetNanos, long durationNanos) {
    long now = System.nanoTime();
    long end = now + durationNanos;
    long gap = packetNanos == SILENT ? SILENT : packetNanos / Math.max(1, parties.size());
    long due = packetNanos == SILENT || parties.isEmpty() ? Long.MAX_VALUE : now;
    while (now < end) {
      for (int burst = 0; due <= now && burst < BATCH; burst++) {
        next = (next + 1) % parties.size();
        parties.get(next).talk(packet, outgoing, tally);
        due += gap;
      }
      boolean heard = hear(0);
      checkPaths(now);
      now = System.nanoTime();
      long rest = Math.min(due, end) - now;
      if (!heard && rest > SHORTEST_SLEEP_NANOS) {
        LockSupport.parkNanos(Math.min(rest, 1_000_000) - SLEEP_SLACK_NANOS);
        now = System.nanoTime();
      }
    }
  }

  private void checkPaths(long now) {
    if (now - nextCheckNanos >= 0) {
      nextCheckNanos = now + CHECK_NANOS;
      for (Party party : parties) {
        party.checkPath(outgoing);
      }
    }
  }

  /** Takes what has come; says whether anything had. */
  boolean hear(int waitMillis) {
    int ready = epoll.await(waitMillis);
    for (int i = 0; i < ready; i++) {
      int fd = epoll.ready(i);
      if (fd >= 0) {
        hear(byDescriptor[fd]);
      }
    }
    return ready > 0;
  }

  private void hear(Party party) {
    int count = incoming.receive(party.socket().fd());
    for (int i = 0; i < count; i++) {
      int length = incoming.length(i);
      incoming.copy(i, packet, length);
      party.hear(packet, length, incoming.nanos(i), tally, outgoing);
    }
  }

  SendQueue outgoing() {
    return outgoing;
  }
}
