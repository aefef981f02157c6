package org.drawbridge.media.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Handles of functions of the C library. Those on the packet path return what the function
 * returned, since a packet that cannot be moved is a lost packet whatever the reason; the others
 * throw an {@link IOException} with the system's words.
 */
final class Libc {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final int LONGEST_MESSAGE = 256;

  /** Flag of a call that gives up rather than wait ({@code MSG_DONTWAIT}). */
  static final int DONT_WAIT = 0x40;

  /** A native int, in the byte order of the machine. */
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  static final MethodHandle RECVMMSG =
      plain(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  static final MethodHandle SENDMMSG =
      plain("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  static final MethodHandle SENDTO =
      plain(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  static final MethodHandle RECVFROM =
      plain(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  static final MethodHandle EPOLL_WAIT =
      plain("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  static final MethodHandle READ =
      plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  static final MethodHandle WRITE =
      plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  static final MethodHandle USLEEP = plain("usleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private static final MethodHandle SOCKET =
      checked("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      checked("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CONNECT =
      checked("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      checked("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      checked(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle EPOLL_CREATE1 =
      checked("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      checked("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EVENTFD =
      checked("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle STRERROR =
      plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Libc() {}

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  private static MethodHandle plain(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(symbol(name), type);
  }

  private static MethodHandle checked(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(symbol(name), type, Linker.Option.captureCallState("errno"));
  }

  static int socket(int domain, int type) throws IOException {
    return call("socket", state -> (int) SOCKET.invokeExact(state, domain, type, 0));
  }

  static void bind(int fd, MemorySegment address, int length) throws IOException {
    call("bind", state -> (int) BIND.invokeExact(state, fd, address, length));
  }

  static void connect(int fd, MemorySegment address, int length) throws IOException {
    call("connect", state -> (int) CONNECT.invokeExact(state, fd, address, length));
  }

  static void getsockname(int fd, MemorySegment address, MemorySegment length) throws IOException {
    call("getsockname", state -> (int) GETSOCKNAME.invokeExact(state, fd, address, length));
  }

  static void setsockopt(int fd, int level, int option, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(JAVA_INT, value);
      call(
          "setsockopt",
          state -> (int) SETSOCKOPT.invokeExact(state, fd, level, option, number, Integer.BYTES));
    }
  }

  static int epollCreate() throws IOException {
    return call("epoll_create1", state -> (int) EPOLL_CREATE1.invokeExact(state, 0));
  }

  static void epollCtl(int epoll, int operation, int fd, MemorySegment event) throws IOException {
    call("epoll_ctl", state -> (int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event));
  }

  static int eventfd(int flags) throws IOException {
    return call("eventfd", state -> (int) EVENTFD.invokeExact(state, 0, flags));
  }

  static void close(int fd) {
    try {
      int ignored = (int) CLOSE.invokeExact(fd);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What a handle threw although the function it stands for throws nothing. */
  static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("a call of the C library could not be made", cause);
  }

  @FunctionalInterface
  private interface Call {
    int make(MemorySegment state) throws Throwable;
  }

  private static int call(String name, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = make(call, state);
      if (result < 0) {
        throw new IOException(name + ": " + message((int) ERRNO.get(state, 0L)));
      }
      return result;
    }
  }

  private static int make(Call call, MemorySegment state) {
    try {
      return call.make(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static String message(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(LONGEST_MESSAGE).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
