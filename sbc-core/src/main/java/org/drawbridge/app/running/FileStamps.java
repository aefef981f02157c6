package org.drawbridge.app.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How files look from outside at one moment; equal as long as none was changed, made or removed.
 * Immutable.
 *
 * @param stamps by the path; those of files that are not there are empty
 */
public record FileStamps(Map<Path, Stamp> stamps) {

  /**
   * One file.
   *
   * @param identity the system's own name of it, which differs after it was replaced by renaming
   */
  record Stamp(@Nullable FileTime modified, long size, @Nullable Object identity) {

    private static final Stamp ABSENT = new Stamp(null, -1, null);

    private static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
      } catch (IOException e) {
        return ABSENT;
      }
    }
  }

  /** As they look now. */
  public static FileStamps of(Collection<Path> files) {
    return new FileStamps(
        files.stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Stamp::of)));
  }

  /** These, and those of others that are not among them. */
  FileStamps over(FileStamps others) {
    Map<Path, Stamp> all = new HashMap<>(others.stamps);
    all.putAll(stamps);
    return new FileStamps(Map.copyOf(all));
  }

  /** The same and one more as it looks now, unless it is among them already. */
  public FileStamps and(Path file) {
    Map<Path, Stamp> more = new HashMap<>(stamps);
    more.putIfAbsent(file, Stamp.of(file));
    return new FileStamps(Map.copyOf(more));
  }

  /**
   * The same, where files that were not there are as they look now: those we have made ourselves.
   */
  public FileStamps withThoseMadeSince() {
    Map<Path, Stamp> all = new HashMap<>(stamps);
    all.replaceAll((file, stamp) -> stamp.equals(Stamp.ABSENT) ? Stamp.of(file) : stamp);
    return new FileStamps(Map.copyOf(all));
  }

  /** The same files as they look now. */
  FileStamps again() {
    return of(stamps.keySet());
  }
}
