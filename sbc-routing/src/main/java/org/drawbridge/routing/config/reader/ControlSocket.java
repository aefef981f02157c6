package org.drawbridge.routing.config.reader;

import java.nio.file.Path;
import org.drawbridge.routing.yaml.ConfigProblem;
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
    Section section = section(file, new Problems(file.toString()));
    return section == null ? OperationReader.SOCKET : OperationReader.read(section).socket();
  }

  /**
   * Why a file does not say which running program it is of: it is no configuration, or its control
   * socket cannot be read. Null if it does; what else is wrong with it does not matter.
   */
  public static @Nullable ConfigProblem doubt(Path file) {
    Problems problems = new Problems(file.toString());
    Section section = section(file, problems);
    if (section != null) {
      section.required("domains", domains -> domains, section.place());
      OperationReader.read(section);
    }
    return problems.none() ? null : problems.errors().getFirst();
  }

  private static @Nullable Section section(Path file, Problems problems) {
    YamlValue root = YamlFiles.read(file, problems, Environment.ofProcess(), input -> {});
    return root == null ? null : root.section();
  }
}
