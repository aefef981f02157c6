package org.drawbridge.web;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files, read into memory as a whole: requests find what was in it by name, so no
 * path in a request ever reaches the file system. Immutable.
 */
public final class Website {
  private static final int MAX_FILES = 1_000;
  private static final long MAX_BYTES = 64L << 20;
  private static final String INDEX = "index.html";

  private final Map<String, Asset> assets;

  private Website(Map<String, Asset> assets) {
    this.assets = Map.copyOf(assets);
  }

  /** A site without a page. */
  public static Website none() {
    return new Website(Map.of());
  }

  /**
   * Reads all files below a directory but those whose name starts with a dot; links are not
   * followed. A directory that is not there gives an empty site.
   *
   * @throws IOException if it cannot be read, or holds more than 1,000 files or 64 MiB
   */
  public static Website read(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return none();
    }
    Reader reader = new Reader(root.toRealPath());
    Files.walkFileTree(reader.root, reader);
    return new Website(reader.assets);
  }

  /** Whether there is nothing to serve. */
  public boolean isEmpty() {
    return assets.isEmpty();
  }

  /** The file at a decoded path such as {@code /phone.js}; {@code /} is the index page. */
  @Nullable Asset find(String path) {
    return assets.get(path.endsWith("/") ? path + INDEX : path);
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, Asset> assets = new HashMap<>();
    private long bytes;

    Reader(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return isHidden(directory) && !directory.equals(root)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !isHidden(file)) {
        bytes += attributes.size();
        if (assets.size() == MAX_FILES || bytes > MAX_BYTES) {
          throw new IOException(root + " is too large for a web site to serve");
        }
        String path = '/' + root.relativize(file).toString().replace('\\', '/');
        assets.put(path, Asset.of(path, Files.readAllBytes(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
