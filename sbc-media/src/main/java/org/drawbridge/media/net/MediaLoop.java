package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One thread that owns transports: it reads their sockets, runs commands posted by other threads
 * and lets their timers look at the clock ten times a second.
 *
 * <p>A datagram is read into one reused array, from offset 0, with room behind it for protection.
 */
final class MediaLoop implements Executor, AutoCloseable {

  /**
   * Longer datagrams are dropped: no media or handshake packet is longer than an Ethernet frame.
   */
  static final int MAX_DATAGRAM = 2048;

  private static final Logger LOG = LogManager.getLogger(MediaLoop.class);
  private static final int TAIL_ROOM = 64;
  private static final long TICK_NANOS = 100_000_000L;
  private static final long JOIN_MILLIS = 2000;

  /** Datagrams read from one socket before the next has its turn. */
  private static final int READ_BATCH = 64;

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Set<LongConsumer> timers = new LinkedHashSet<>();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(MAX_DATAGRAM + 1);
  private final byte[] packet = new byte[MAX_DATAGRAM + TAIL_ROOM];
  private volatile boolean closed;
  private long nextTickNanos;

  /** Starts the thread. */
  MediaLoop(String name) throws IOException {
    selector = Selector.open();
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
      selector.wakeup();
    }
  }

  /** The time that timers and packets are given. Any thread. */
  static long now() {
    return System.nanoTime();
  }

  /** Starts to read a socket. On the loop. */
  void read(UdpPort port, DatagramHandler handler) {
    try {
      port.channel().register(selector, SelectionKey.OP_READ, handler);
    } catch (IOException e) {
      LOG.warn("UDP port {} was closed before it was read", port.port(), e);
    }
  }

  /** Gives a timer the time ten times a second. On the loop. */
  void addTimer(LongConsumer timer) {
    timers.add(timer);
  }

  /** Stops a timer. On the loop, but not from a timer. */
  void removeTimer(LongConsumer timer) {
    timers.remove(timer);
  }

  private void run() {
    nextTickNanos = now();
    try {
      while (!closed) {
        long waitMillis = Math.max(1, (nextTickNanos - now()) / 1_000_000);
        selector.select(this::onReady, waitMillis);
        awake.set(false);
        runCommands();
        tick();
      }
      runCommands();
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
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
      timers.forEach(timer -> guard(() -> timer.accept(nowNanos)));
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

  private void onReady(SelectionKey key) {
    if (key.attachment() instanceof DatagramHandler handler
        && key.channel() instanceof DatagramChannel channel) {
      readBatch(channel, handler);
    }
  }

  private void readBatch(DatagramChannel channel, DatagramHandler handler) {
    try {
      long nowNanos = now();
      for (int i = 0; i < READ_BATCH; i++) {
        incoming.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(incoming);
        if (from == null) {
          return;
        }
        int len = incoming.position();
        if (len > 0 && len <= MAX_DATAGRAM) {
          incoming.get(0, packet, 0, len);
          handler.onDatagram(packet, 0, len, from, nowNanos);
        }
      }
    } catch (IOException e) {
      LOG.debug("reading a UDP socket failed", e);
    } catch (RuntimeException e) {
      LOG.error("media loop: a datagram could not be handled", e);
    }
  }

  /** Runs what was posted, then ends the thread and waits for it. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
