import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;

/**
 * Datagrams with the time at which the kernel had them for their socket ({@code SO_TIMESTAMPNS}): how long this program then
 * takes to read them is no latency of who sent them. Used by one thread.
 */
final class Arrivals {
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int DONT_WAIT = 0x40;
  private static final int CONTROL = 64;
  private static final long HEADER = 64;
  private static final long BILLION = 1_000_000_000L;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle RECVMMSG =
      handle("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private final MemorySegment headers;
  private final MemorySegment vectors;
  private final MemorySegment buffers;
  private final MemorySegment controls;
  private final int capacity;
  private final int slot;

  /** Room for so many datagrams of so many bytes each. */
  Arrivals(int capacity, int slot) {
    Arena arena = Arena.ofAuto();
    this.capacity = capacity;
    this.slot = slot;
    headers = arena.allocate(HEADER * capacity, 8);
    vectors = arena.allocate(16L * capacity, 8);
    buffers = arena.allocate((long) slot * capacity, 8);
    controls = arena.allocate((long) CONTROL * capacity, 8);
    for (int i = 0; i < capacity; i++) {
      vectors.set(JAVA_LONG, 16L * i, buffers.address() + (long) slot * i);
      vectors.set(JAVA_LONG, 16L * i + 8, slot);
      headers.set(JAVA_LONG, HEADER * i + 16, vectors.address() + 16L * i);
      headers.set(JAVA_LONG, HEADER * i + 24, 1);
      headers.set(JAVA_LONG, HEADER * i + 32, controls.address() + (long) CONTROL * i);
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /** Has the kernel note when it has each datagram for a socket. */
  static void stamp(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int result = (int) SETSOCKOPT.invokeExact(fd, SOL_SOCKET, SO_TIMESTAMPNS, arena.allocateFrom(JAVA_INT, 1), Integer.BYTES);
      if (result != 0) {
        throw new IOException("the kernel gives no time of arrival");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nanoseconds of the clock that {@link #nanos} is read from. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * BILLION + now.getNano();
  }

  /** Takes what a socket has; returns how many. */
  int receive(int fd) {
    for (int i = 0; i < capacity; i++) {
      headers.set(JAVA_LONG, HEADER * i + 40, CONTROL);
    }
    try {
      return Math.max(0, (int) RECVMMSG.invokeExact(fd, headers, capacity, DONT_WAIT, MemorySegment.NULL));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  int length(int index) {
    return headers.get(JAVA_INT, HEADER * index + 56);
  }

  void copy(int index, byte[] to, int length) {
    MemorySegment.copy(buffers, JAVA_BYTE, (long) slot * index, to, 0, length);
  }

  /** When the kernel had it, by the clock of {@link #now}: the only control message is the seconds and nanoseconds. */
  long nanos(int index) {
    long control = (long) CONTROL * index;
    if (headers.get(JAVA_LONG, HEADER * index + 40) == 0) {
      throw new IllegalStateException("a datagram came without its time of arrival");
    }
    return controls.get(JAVA_LONG, control + 16) * BILLION + controls.get(JAVA_LONG, control + 24);
  }
}
