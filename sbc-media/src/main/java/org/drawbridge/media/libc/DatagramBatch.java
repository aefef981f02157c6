package org.drawbridge.media.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Room for several datagrams, each with its address, that one system call receives or sends: an
 * array of {@code struct mmsghdr} and what it points to. Confined to a thread.
 */
public final class DatagramBatch implements AutoCloseable {

  private static final long HEADER_SIZE = 64;
  private static final long NAME = 0;
  private static final long NAME_LENGTH = 8;
  private static final long VECTOR = 16;
  private static final long VECTOR_COUNT = 24;
  private static final long LENGTH = 56;

  private static final long VECTOR_SIZE = 16;
  private static final long VECTOR_LENGTH = 8;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment headers;
  private final MemorySegment vectors;
  private final MemorySegment names;
  private final MemorySegment buffers;
  private final MemorySegment nameLength;
  private final int capacity;
  private final int slot;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity datagrams it holds
   * @param slot bytes each may have
   */
  public DatagramBatch(int capacity, int slot) {
    this.capacity = capacity;
    this.slot = slot;
    headers = arena.allocate(HEADER_SIZE * capacity, 8);
    vectors = arena.allocate(VECTOR_SIZE * capacity, 8);
    names = arena.allocate((long) SocketAddress.SIZE * capacity, 8);
    buffers = arena.allocate((long) slot * capacity, 8);
    nameLength = arena.allocate(JAVA_INT);
    for (int i = 0; i < capacity; i++) {
      link(i);
    }
  }

  private void link(int i) {
    long header = HEADER_SIZE * i;
    headers.set(JAVA_LONG, header + NAME, names.address() + name(i));
    headers.set(JAVA_LONG, header + VECTOR, vectors.address() + VECTOR_SIZE * i);
    headers.set(JAVA_LONG, header + VECTOR_COUNT, 1);
    vectors.set(JAVA_LONG, VECTOR_SIZE * i, buffers.address() + buffer(i));
    expect(i);
  }

  /** Makes a slot ready to receive: the kernel overwrites both lengths. */
  private void expect(int i) {
    headers.set(JAVA_INT, HEADER_SIZE * i + NAME_LENGTH, SocketAddress.SIZE);
    vectors.set(JAVA_LONG, VECTOR_SIZE * i + VECTOR_LENGTH, slot);
  }

  private static long name(int i) {
    return (long) SocketAddress.SIZE * i;
  }

  private long buffer(int i) {
    return (long) slot * i;
  }

  /** The datagrams in it. */
  public int size() {
    return size;
  }

  /** Whether another datagram finds no room. */
  public boolean isFull() {
    return size == capacity;
  }

  /** Takes what has arrived on a socket in place of what it held; returns how many came. */
  public int receive(UdpSocket socket) {
    for (int i = 0; i < size; i++) {
      expect(i);
    }
    int count;
    try {
      count =
          (int)
              Libc.RECVMMSG.invokeExact(
                  socket.fd(), headers, capacity, Libc.DONT_WAIT, MemorySegment.NULL);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
    size = Math.max(0, count);
    return size;
  }

  /**
   * Takes one datagram that has arrived on a socket in place of what the batch held, by a cheaper
   * call than {@link #receive}; returns how many came, 0 or 1.
   */
  public int receiveOne(UdpSocket socket) {
    nameLength.set(JAVA_INT, 0, SocketAddress.SIZE);
    long length;
    try {
      length =
          (long)
              Libc.RECVFROM.invokeExact(
                  socket.fd(), buffers, (long) slot, Libc.DONT_WAIT, names, nameLength);
    } catch (Throwable e) {
      throw Libc.unexpected(e);
    }
    if (length < 0) {
      return 0;
    }
    headers.set(JAVA_INT, LENGTH, (int) length);
    return 1;
  }

  /** Bytes of a datagram; more than fit are cut off. */
  public int length(int index) {
    return headers.get(JAVA_INT, HEADER_SIZE * index + LENGTH);
  }

  /** First half of the address a datagram came from, see {@link SocketAddress}. */
  public long high(int index) {
    return SocketAddress.high(names, name(index));
  }

  /** Second half of it. */
  public long low(int index) {
    return SocketAddress.low(names, name(index));
  }

  /** The port it came from. */
  public int port(int index) {
    return SocketAddress.port(names, name(index));
  }

  /** Copies a datagram to an array. */
  public void copy(int index, byte[] to, int length) {
    MemorySegment.copy(buffers, JAVA_BYTE, buffer(index), to, 0, length);
  }

  /** Adds a datagram to be sent; there must be room, and it must fit a slot. */
  public void add(UdpSocket socket, byte[] buf, int off, int len, SocketAddress to) {
    int i = size++;
    MemorySegment.copy(buf, off, buffers, JAVA_BYTE, buffer(i), len);
    int nameLength =
        SocketAddress.write(names, name(i), socket.family(), to.high(), to.low(), to.port());
    headers.set(JAVA_INT, HEADER_SIZE * i + NAME_LENGTH, nameLength);
    vectors.set(JAVA_LONG, VECTOR_SIZE * i + VECTOR_LENGTH, len);
  }

  /**
   * Sends all and is empty. A datagram the kernel does not take is skipped: an error of an earlier
   * one, such as an ICMP report, or a full buffer is a lost packet.
   */
  public void send(UdpSocket socket) {
    int from = 0;
    while (from < size) {
      int sent;
      try {
        sent =
            (int)
                Libc.SENDMMSG.invokeExact(
                    socket.fd(), headers.asSlice(HEADER_SIZE * from), size - from, Libc.DONT_WAIT);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
      from += Math.max(1, sent);
    }
    size = 0;
  }

  @Override
  public void close() {
    arena.close();
  }
}
