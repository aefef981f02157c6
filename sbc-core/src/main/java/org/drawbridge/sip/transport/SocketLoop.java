package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ManualIoEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.drawbridge.loop.LoopIo;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one signalling loop: Netty's event loop, driven by that loop's thread. What is
 * written on the thread is flushed once a turn, so that one system call takes many messages.
 */
public final class SocketLoop implements LoopIo {

  private static final ThreadLocal<SocketLoop> CURRENT = new ThreadLocal<>();

  private final int index;
  private final ManualIoEventLoop events =
      new ManualIoEventLoop(null, null, NettyBackend.best().handlers());
  private final List<Channel> written = new ArrayList<>();
  private volatile @Nullable Thread owner;

  /**
   * Sockets yet to be opened.
   *
   * @param index which of the process's loops it is for, from 0
   */
  public SocketLoop(int index) {
    this.index = index;
  }

  /** Which of the process's loops the caller is on; -1 if none with sockets. Any thread. */
  static int here() {
    SocketLoop current = CURRENT.get();
    return current == null ? -1 : current.index;
  }

  /** Sends what was written to a channel: at the end of this turn on such a loop, else at once. */
  static void flush(Channel channel) {
    SocketLoop current = CURRENT.get();
    if (current == null) {
      channel.flush();
    } else if (current.written.isEmpty() || current.written.getLast() != channel) {
      current.written.add(channel);
    }
  }

  ManualIoEventLoop events() {
    return events;
  }

  @Override
  public void ownedBy(Thread thread) {
    owner = thread;
    events.setOwningThread(thread);
  }

  @Override
  public void serve(long waitNanos) {
    CURRENT.set(this);
    flushWritten();
    if (!events.isTerminated()) {
      events.run(waitNanos == 0 ? -1 : waitNanos);
    } else if (waitNanos > 0) {
      LockSupport.parkNanos(this, waitNanos);
    }
  }

  @Override
  public void gather(long restNanos) {
    CURRENT.set(this);
    flushWritten();
    LockSupport.parkNanos(this, restNanos);
    serve(0);
  }

  private void flushWritten() {
    for (Channel channel : written) {
      channel.flush();
    }
    written.clear();
  }

  @Override
  public void wake() {
    events.wakeup();
    if (events.isShuttingDown()) {
      LockSupport.unpark(owner);
    }
  }

  @Override
  public void close() {
    flushWritten();
    events.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    while (!events.isTerminated()) {
      events.run(-1);
    }
  }
}
