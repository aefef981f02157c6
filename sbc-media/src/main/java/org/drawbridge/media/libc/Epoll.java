package org.drawbridge.media.libc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Waits for datagrams on many sockets at once, level-triggered. Confined to a thread but for {@link
 * #wakeUp}.
 */
public final class Epoll implements AutoCloseable {

  /** The most sockets told in one round; those left over come first in the next. */
  private static final int MAX_EVENTS = 256;

  private static final int EPOLLIN = 1;
  private static final int ADD = 1;
  private static final int NON_BLOCKING = 0x800;

  /** The structure is packed on x86-64 and nowhere else. */
  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

  private static final long EVENT_SIZE = PACKED ? 12 : 16;
  private static final long DATA = PACKED ? 4 : 8;
  private static final ValueLayout.OfLong FD = ValueLayout.JAVA_LONG_UNALIGNED;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment events = arena.allocate(EVENT_SIZE * MAX_EVENTS, 8);
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
  private final MemorySegment drained = arena.allocate(JAVA_LONG);
  private final int epoll;
  private final int alarm;
  private boolean closed;

  /** An epoll instance that watches nothing yet but its own alarm. */
  public Epoll() throws IOException {
    epoll = Libc.epollCreate();
    alarm = Libc.eventfd(NON_BLOCKING);
    watch(alarm);
  }

  /** Tells of datagrams on a socket until the socket is closed. */
  public void watch(UdpSocket socket) throws IOException {
    watch(socket.fd());
  }

  private void watch(int fd) throws IOException {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment event = scratch.allocate(EVENT_SIZE, 8);
      event.set(Libc.INT, 0, EPOLLIN);
      event.set(FD, DATA, fd);
      Libc.epollCtl(epoll, ADD, fd, event);
    }
  }

  /**
   * Waits until a socket can be read, {@link #wakeUp} was called or the time is over.
   *
   * @return how many sockets can be read: {@link #ready} names them
   */
  public int await(int millis) {
    int count;
    try {
      count = (int) Libc.EPOLL_WAIT.invokeExact(epoll, events, MAX_EVENTS, millis);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
    return Math.max(0, count);
  }

  /** Sleeps, whatever may come meanwhile. */
  public static void rest(int micros) {
    try {
      int ignored = (int) Libc.USLEEP.invokeExact(micros);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
  }

  /** The descriptor of a socket that can be read, or -1 where it was the alarm. */
  public int ready(int index) {
    int fd = (int) events.get(FD, EVENT_SIZE * index + DATA);
    if (fd != alarm) {
      return fd;
    }
    drain();
    return -1;
  }

  private void drain() {
    try {
      long ignored = (long) Libc.READ.invokeExact(alarm, drained, (long) Long.BYTES);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
  }

  /** Ends a wait, now or when it begins. Any thread. */
  public synchronized void wakeUp() {
    if (closed) {
      return; // the number of the descriptor may be another file's by now
    }
    try {
      long ignored = (long) Libc.WRITE.invokeExact(alarm, one, (long) Long.BYTES);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Libc.close(alarm);
    Libc.close(epoll);
    arena.close();
  }
}
