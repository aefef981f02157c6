package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds what is missing before it becomes the program. */
final class LauncherTest {

  /** Maven's work, as far as it matters here. */
  private static final String BUILD =
      """
      set -euo pipefail
      . %s/bin/lib/common.sh
      run_maven() { mkdir -p "$(dirname "$app_jar")"; echo new > "$app_jar"; }
      %s
      build_sbc
      cat "$app_jar"
      """;

  @TempDir private Path root = Path.of(".");

  @BeforeEach
  void checkout() throws IOException {
    Path scripts = Files.createDirectories(root.resolve("bin/lib"));
    Files.copy(Path.of("../bin/lib/common.sh"), scripts.resolve("common.sh"));
    Files.createDirectories(root.resolve("sbc-core/src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("sbc-core/pom.xml"), "");
  }

  private String build() throws IOException, InterruptedException {
    return build("");
  }

  /** With a line of the script before it. */
  private String build(String line) throws IOException, InterruptedException {
    Process script = new ProcessBuilder("bash", "-c", BUILD.formatted(root, line)).start();
    byte[] said = script.getInputStream().readAllBytes();
    assertThat(script.waitFor()).isZero();
    return new String(said, StandardCharsets.UTF_8).strip();
  }

  private Path jar() throws IOException {
    try (var files = Files.list(root.resolve("sbc-core/target/app"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  private void pull() throws IOException {
    Files.setLastModifiedTime(
        root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
  }

  @Test
  void whatRunsKeepsItsJarsHoweverNewTheSourcesAre() throws Exception {
    assertThat(build()).isEqualTo("new");
    Files.writeString(jar(), "old");
    assertThat(build()).as("up to date").isEqualTo("old");
    pull();
    Process running =
        new ProcessBuilder("bash", "-c", "read -r line", "java", jar().toString()).start();
    try {
      assertThat(build()).isEqualTo("old");
    } finally {
      running.getOutputStream().close();
      running.waitFor();
    }
    assertThat(build()).isEqualTo("new");
  }

  @Test
  void aServiceThatMayNotBuildStartsWhatWasBuilt() throws Exception {
    assertThat(build()).isEqualTo("new");
    Files.writeString(jar(), "old");
    pull();
    assertThat(build("may_write() { return 1; }")).isEqualTo("old");
    assertThat(build()).isEqualTo("new");
  }
}
