package org.drawbridge.support;

import java.nio.file.Path;
import java.util.List;

/**
 * How a JVM runs the SBC under test: as bin/sbc does, but for a life of seconds. Compiling a method
 * a second time, and collecting garbage beside the program, cost more there than they save.
 */
final class SbcCommand {

  private SbcCommand() {}

  /** The command that runs it on a configuration file; SIGHUP is its own, even under nohup. */
  static List<String> run(Path config) {
    return List.of(
        "env",
        "--default-signal=HUP",
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

  /** The jar that bin/sbc runs. */
  static Path jar() {
    return Repository.root().resolve("sbc-core/target/app/sbc-core-0.1.0-SNAPSHOT.jar");
  }

  /**
   * The command that runs it as it is shipped, from its jar: with all that bin/sbc tells the JVM,
   * and with an AOT cache, which must fit. Where bin/sbc has made none a smaller one is made beside
   * the configuration, in a third of the time.
   */
  static List<String> shipped(Path config) {
    String script =
        """
        set -euo pipefail
        . bin/lib/common.sh
        use_jdk25
        if is_stale "$aot_cache" "$app_jar"; then
          aot_cache=$(dirname "$0")/drawbridge.aot
          "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:AOTCacheOutput="$aot_cache" -Xlog:aot*=off \
            -Xlog:cds*=off -jar "$app_jar" check "$0"
        fi
        SBC_JAVA_OPTS=-XX:AOTMode=on become_sbc run "$0"
        """;
    return List.of("bash", "-c", script, config.toString());
  }

  /** Surefire hides the real class path behind a jar with a manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
