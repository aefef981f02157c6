package org.drawbridge.media.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Room for datagrams of different sockets that are to be sent one after the other, each by a call
 * of its own: in a row they cost less than each after the one it answers, as the kernel's code for
 * sending stays in the processor's cache and a receiver is woken once. Confined to a thread.
 */
public final class SendQueue implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] buffers;
  private final MemorySegment[] names;
  private final int[] lengths;
  private final int[] nameLengths;
  private final int[] sockets;
  private int size;

  /**
   * An empty queue.
   *
   * @param capacity datagrams it holds
   * @param slot bytes each may have
   */
  public SendQueue(int capacity, int slot) {
    buffers = new MemorySegment[capacity];
    names = new MemorySegment[capacity];
    lengths = new int[capacity];
    nameLengths = new int[capacity];
    sockets = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      buffers[i] = arena.allocate(slot, Long.BYTES);
      names[i] = arena.allocate(SocketAddress.SIZE, Long.BYTES);
    }
  }

  /** Adds a datagram, which must fit a slot; sends all where it was the last that has room. */
  public void add(UdpSocket socket, byte[] buf, int off, int len, SocketAddress to) {
    MemorySegment name = names[size];
    int length = SocketAddress.write(name, 0, socket.family(), to.high(), to.low(), to.port());
    add(socket, buf, off, len, length);
  }

  /** Adds a datagram, as {@link #add} does, for the peer of a connected socket. */
  public void add(UdpSocket socket, byte[] buf, int off, int len) {
    add(socket, buf, off, len, 0);
  }

  private void add(UdpSocket socket, byte[] buf, int off, int len, int nameLength) {
    MemorySegment.copy(buf, off, buffers[size], JAVA_BYTE, 0, len);
    sockets[size] = socket.fd();
    lengths[size] = len;
    nameLengths[size] = nameLength;
    if (++size == sockets.length) {
      send();
    }
  }

  /**
   * Sends all and is empty. It must be called before a socket is closed that something may be for.
   * What the kernel does not take is a lost packet, as an error of an earlier one may be the cause.
   */
  public void send() {
    for (int i = 0; i < size; i++) {
      MemorySegment name = nameLengths[i] == 0 ? MemorySegment.NULL : names[i];
      try {
        long ignored =
            (long)
                Libc.SENDTO.invokeExact(
                    sockets[i],
                    buffers[i],
                    (long) lengths[i],
                    Libc.DONT_WAIT,
                    name,
                    nameLengths[i]);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
    }
    size = 0;
  }

  @Override
  public void close() {
    arena.close();
  }
}
