package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.relay.Pacer;

/**
 * One thread that owns transports: it reads their sockets, runs commands posted by other threads
 * and lets their timers look at the clock ten times a second.
 *
 * <p>A datagram is read into one reused array, from offset 0, with room behind it for protection.
 */
abstract sealed class MediaLoop implements Executor, Pacer, AutoCloseable
    permits LinuxLoop, NioLoop {

  /**
   * Longer datagrams are dropped: no media or handshake packet is longer than an Ethernet frame.
   */
  static final int MAX_DATAGRAM = 2048;

  private static final Logger LOG = LogManager.getLogger(MediaLoop.class);

  /** Room behind a datagram, in bytes, for the tag, index and MKI that protection adds. */
  static final int TAIL_ROOM = 192;

  private static final long TICK_NANOS = 100_000_000L;
  private static final long JOIN_MILLIS = 2000;

  /** Datagrams read from one socket before the next has its turn. */
  static final int READ_BATCH = 64;

  private final Thread thread;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Set<LongConsumer> timers = new LinkedHashSet<>();
  private final byte[] packet = new byte[MAX_DATAGRAM + TAIL_ROOM];
  private final Pace pace = new Pace(MediaLoop::guard);
  private volatile boolean closed;
  private long nextTickNanos;

  MediaLoop(String name) {
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Begins to run. */
  void start() {
    thread.start();
  }

  /** Runs a command on the loop, after those posted before. Any thread. */
  @Override
  public void execute(Runnable command) {
    commands.add(command);
    if (awake.compareAndSet(false, true)) {
      wakeUp();
    }
  }

  /** The time that timers and packets are given. Any thread. */
  static long now() {
    return System.nanoTime();
  }

  /** Starts to read a socket. On the loop. */
  abstract void read(UdpPort port, DatagramHandler handler);

  /** Waits for datagrams, gives each to its handler, and returns. */
  abstract void poll(long maxMillis) throws IOException;

  /** Sends what has gathered in the round. */
  void flush() {}

  /** Ends a {@link #poll}, now or when it begins. Any thread. */
  abstract void wakeUp();

  /** Closes every socket that is read. */
  abstract void release() throws IOException;

  /** Gives a timer the time ten times a second. On the loop. */
  void addTimer(LongConsumer timer) {
    timers.add(timer);
  }

  /** Stops a timer. On the loop, but not from a timer. */
  void removeTimer(LongConsumer timer) {
    timers.remove(timer);
  }

  @Override
  public void start(LongConsumer task) {
    pace.start(task, now());
  }

  @Override
  public void stop(LongConsumer task) {
    pace.stop(task);
  }

  private void run() {
    nextTickNanos = now();
    try {
      while (!closed) {
        long nowNanos = now();
        long waitNanos = Math.min(nextTickNanos - nowNanos, pace.dueIn(nowNanos));
        poll(Math.max(1, waitNanos / 1_000_000));
        awake.set(false);
        runCommands();
        pace.run(now());
        tick();
        flush();
      }
      runCommands();
      flush();
      release();
    } catch (IOException e) {
      LOG.fatal("media loop died", e);
    }
  }

  private void runCommands() {
    Runnable command;
    while ((command = commands.poll()) != null) {
      guard(command);
    }
  }

  private void tick() {
    long nowNanos = now();
    if (nowNanos - nextTickNanos >= 0) {
      nextTickNanos = nowNanos + TICK_NANOS;
      for (LongConsumer timer : timers) {
        tick(timer, nowNanos);
      }
    }
  }

  private static void tick(LongConsumer timer, long nowNanos) {
    try {
      timer.accept(nowNanos);
    } catch (RuntimeException e) {
      LOG.error("media loop: a timer failed", e);
    }
  }

  /** A bug in one transport must not silence all others. */
  private static void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("media loop: a command failed", e);
    }
  }

  /** The array each datagram is read into, from offset 0. */
  final byte[] packet() {
    return packet;
  }

  /** Gives the datagram in {@link #packet} to its handler. */
  final void deliver(DatagramHandler handler, int len, InetSocketAddress from, long nowNanos) {
    try {
      handler.onDatagram(packet, 0, len, from, nowNanos);
    } catch (RuntimeException e) {
      LOG.error("media loop: a datagram could not be handled", e);
    }
  }

  /** Runs what was posted, then ends the thread and waits for it. */
  @Override
  public void close() {
    closed = true;
    wakeUp();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
