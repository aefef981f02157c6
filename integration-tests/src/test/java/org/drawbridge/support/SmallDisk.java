package org.drawbridge.support;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Loopback for a program that finds a small disk in place of a directory: a file system in memory,
 * in a mount namespace of the program's own, gone with it.
 *
 * @param directory what the disk is in place of; must be there
 * @param kibibytes how much fits
 */
public record SmallDisk(Path directory, int kibibytes) implements Place {

  @Override
  public String address() {
    return LOOPBACK.address();
  }

  @Override
  public List<String> command(List<String> program) {
    String mounted = "mount -t tmpfs -o size=%dk tmpfs \"$0\" && exec \"$@\"".formatted(kibibytes);
    List<String> shell = List.of("unshare", "-m", "sh", "-c", mounted, directory.toString());
    return Stream.concat(shell.stream(), program.stream()).toList();
  }

  @Override
  public <T> T within(Supplier<T> work) {
    return work.get();
  }
}
