package org.drawbridge.support;

import java.nio.file.Path;
import java.util.List;

/**
 * How a JVM runs the SBC under test: as bin/sbc does, but for a life of seconds. Compiling a method
 * a second time, and collecting garbage beside the program, cost more there than they save.
 */
final class SbcCommand {

  private SbcCommand() {}

  /** The command that runs it on a configuration file. */
  static List<String> run(Path config) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx384m",
        "-cp",
        classPath(),
        "org.drawbridge.app.Main",
        "run",
        config.toString());
  }

  /** Surefire hides the real class path behind a jar with a manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
