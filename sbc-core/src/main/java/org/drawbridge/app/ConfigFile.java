package org.drawbridge.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration for a command and tells the person at the terminal what is wrong with it.
 */
final class ConfigFile {

  private ConfigFile() {}

  /** The configuration, or null after each of its problems was printed. */
  static @Nullable SbcConfig read(Path file, PrintWriter err) {
    return read(file, err, input -> {});
  }

  /** The same, telling of each file that is read. */
  static @Nullable SbcConfig read(Path file, PrintWriter err, Consumer<Path> inputs) {
    return switch (ConfigReader.read(file, Environment.ofProcess(), inputs)) {
      case ConfigResult.Loaded(SbcConfig config, List<ConfigProblem> warnings) -> {
        warnings.forEach(warning -> err.println("warning: " + warning));
        err.flush();
        yield config;
      }
      case ConfigResult.Refused(List<ConfigProblem> problems) -> {
        problems.forEach(err::println);
        err.flush();
        yield null;
      }
    };
  }
}
