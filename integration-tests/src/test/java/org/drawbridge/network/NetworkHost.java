package org.drawbridge.network;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.drawbridge.support.Place;

/**
 * A host of a made-up network: a network namespace of Linux. Programs are started in it by {@code
 * ip netns exec}, our own sockets are made by threads that have moved there.
 *
 * @param space name of the namespace
 * @param address its IPv4 address
 */
record NetworkHost(String space, String address) implements Place {

  private static final int NEW_NETWORK = 0x4000_0000;

  @Override
  public List<String> command(List<String> program) {
    return Stream.concat(Stream.of("ip", "netns", "exec", space), program.stream()).toList();
  }

  /** On a thread of its own, whose sockets stay where they were made. */
  @Override
  public <T> T within(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                enter();
                result.complete(work.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void enter() throws Throwable {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor open =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    FunctionDescriptor two =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    FunctionDescriptor one = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/var/run/netns/" + space);
      int fd = (int) function(linker, "open", open).invokeExact(path, 0);
      int moved = (int) function(linker, "setns", two).invokeExact(fd, NEW_NETWORK);
      int closed = (int) function(linker, "close", one).invokeExact(fd);
      if (moved != 0 || closed != 0) {
        throw new IllegalStateException("cannot enter the namespace " + space);
      }
    }
  }

  private static MethodHandle function(Linker linker, String name, FunctionDescriptor type) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }
}
