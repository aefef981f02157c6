package org.drawbridge.media.record;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Writes all recordings by one thread, which lives as long as there are any. Thread-safe. */
public final class Recorder implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(Recorder.class);

  /** Packets that may wait for the disk: five seconds of a hundred calls at 20 ms. */
  private static final int MAX_WAITING = 50_000;

  /** As many as one thread can write; each takes a few hundred KiB. */
  public static final int MOST = 1000;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final long FAREWELL_MILLIS = 2000;

  private static final int MAX_NAME = 80;
  private static final long SWEEP_MILLIS = 200;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final int most;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Queue<Recording> begun = new ConcurrentLinkedQueue<>();
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
  private volatile boolean closing;
  private @Nullable Thread writer;

  /**
   * A recorder that writes nothing yet.
   *
   * @param clock names files
   * @param nanos the clock of media loops
   * @param most recordings at once
   */
  public Recorder(InstantSource clock, LongSupplier nanos, int most) {
    this.most = most;
    this.clock = clock;
    this.nanos = nanos;
  }

  private record Waiting(Recording recording, RecordedPacket packet) {}

  /**
   * Begins a recording.
   *
   * @param directory made when it is not there
   * @param name part of the file's name; what is no letter, digit, dot or hyphen is replaced
   * @param rate samples a second
   * @return null where there are too many already
   */
  public @Nullable Recording begin(Path directory, String name, int rate) {
    if (active.incrementAndGet() > most) {
      active.decrementAndGet();
      refused.incrementAndGet();
      LOG.warn("{} is not recorded: {} recordings are under way", name, most);
      return null;
    }
    String file =
        STAMP.format(clock.instant()) + "-" + made.incrementAndGet() + "-" + safe(name) + ".wav";
    Recording recording = new Recording(this, directory.resolve(file), rate, nanos.getAsLong());
    begun.add(recording);
    awake();
    return recording;
  }

  /** A name that means nothing to a file system or a shell. */
  static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9.-]", "_");
    return plain.substring(0, Math.min(MAX_NAME, plain.length()));
  }

  private synchronized void awake() {
    if (writer == null) {
      writer = Thread.ofPlatform().name("recordings").daemon().start(this::run);
    }
  }

  boolean offer(Recording recording, RecordedPacket packet) {
    boolean taken = queue.offer(new Waiting(recording, packet));
    if (!taken) {
      dropped.incrementAndGet();
    }
    return taken;
  }

  private void run() {
    List<Recording> open = new ArrayList<>();
    long reached = take();
    long due = reached;
    while (!isDone(open)) {
      if (reached - due >= 0) {
        due = reached + TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);
        sweep(open, reached);
      }
      reached = take();
    }
  }

  private synchronized boolean isDone(List<Recording> open) {
    if (!open.isEmpty() || !begun.isEmpty()) {
      return false;
    }
    writer = null;
    return true;
  }

  /**
   * Adds what waits longest, if anything does.
   *
   * @return up to when all has been added: after a disk has stalled that is long ago
   */
  private long take() {
    long now = nanos.getAsLong();
    try {
      Waiting next = queue.poll(SWEEP_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        add(next);
        return next.packet.nanos();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  /** A packet that cannot be decoded must not end the recordings of others. */
  private static void add(Waiting waiting) {
    try {
      waiting.recording.add(waiting.packet);
    } catch (RuntimeException e) {
      LOG.error("a packet cannot be recorded", e);
    }
  }

  /** Writes what is over, and finishes recordings that had ended by then. */
  private void sweep(List<Recording> open, long reachedNanos) {
    for (Recording next = begun.poll(); next != null; next = begun.poll()) {
      open.add(next);
    }
    if (closing) {
      open.forEach(Recording::end);
    }
    List<Recording> over =
        open.stream().filter(recording -> recording.isOver(reachedNanos)).toList();
    over.forEach(recording -> recording.finish(chunk));
    open.removeAll(over);
    active.addAndGet(-over.size());
    open.forEach(recording -> recording.write(reachedNanos, chunk));
  }

  long now() {
    return nanos.getAsLong();
  }

  void failed() {
    failures.incrementAndGet();
  }

  /** Recordings that are not finished. */
  public int active() {
    return active.get();
  }

  /** Packets left out of recordings since the disk was too slow. */
  public long dropped() {
    return dropped.get();
  }

  /** Recordings that were not begun since there were too many. */
  public long refused() {
    return refused.get();
  }

  /** Recordings that could not be written, or whose file was taken away meanwhile. */
  public long failures() {
    return failures.get();
  }

  /** Finishes all recordings; waits two seconds at most. */
  @Override
  public void close() {
    closing = true;
    Thread last;
    synchronized (this) {
      last = writer;
    }
    try {
      if (last != null) {
        last.join(FAREWELL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
