package org.drawbridge.routing.config;

import java.nio.file.Path;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlFiles;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a running program listens for commands, also where its file has mistakes by now.
 */
public final class ControlSocket {

  private ControlSocket() {}

  /**
   * The control socket of a file, as far as that can be read, else the usual one; null if the file
   * wants none.
   */
  public static @Nullable Path of(Path file) {
    Problems ignored = new Problems(file.toString());
    YamlValue root = YamlFiles.read(file, ignored, Environment.ofProcess(), input -> {});
    Section section = root == null ? null : root.section();
    return section == null ? OperationReader.SOCKET : OperationReader.read(section).socket();
  }
}
