package org.drawbridge.support;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Loopback ports that were free a moment ago. They lie below the range from which the kernel picks
 * ports by itself (32768 and up on Linux), so that nobody is given one in between.
 */
public final class FreePorts {

  private static final int FIRST = 22_000;
  private static final int LAST = 31_900;
  private static int next = FIRST + (int) (ProcessHandle.current().pid() % 90) * 100;

  private FreePorts() {}

  /** A port on which neither TCP nor UDP is bound. */
  public static int one() {
    return block(1);
  }

  /** The first of so many ports in a row; even if more than one. */
  public static int block(int size) {
    for (int tries = 0; tries < LAST - FIRST; tries++) {
      int first = advance(size);
      if (allFree(first, size)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + size + " free loopback ports in a row");
  }

  /** Blocks of one round do not overlap, as not all ports of one are bound at once. */
  private static synchronized int advance(int size) {
    int step = size + size % 2;
    int first = next + step > LAST ? FIRST : next;
    next = first + step;
    return first;
  }

  private static boolean allFree(int first, int size) {
    for (int port = first; port < first + size; port++) {
      if (!isFree(port)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether somebody has bound this IPv4 port, for TCP or UDP. Looks it up: who tries to bind it is
   * for a moment in the way of the one who is waited for.
   */
  static boolean isTaken(String address, int port) {
    return bound().contains(entry(address, port));
  }

  /** How many of so many IPv4 ports in a row somebody has bound, for TCP or UDP. */
  public static long taken(String address, int first, int size) {
    String bound = bound();
    return IntStream.range(first, first + size)
        .filter(port -> bound.contains(entry(address, port)))
        .count();
  }

  /** The kernel's tables of what is bound. */
  private static String bound() {
    try {
      return Files.readString(Path.of("/proc/net/udp"))
          + Files.readString(Path.of("/proc/net/tcp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a port stands in them. */
  private static String entry(String address, int port) {
    int ip =
        ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).order(LITTLE_ENDIAN).getInt();
    return ": %08X:%04X ".formatted(ip, port);
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
