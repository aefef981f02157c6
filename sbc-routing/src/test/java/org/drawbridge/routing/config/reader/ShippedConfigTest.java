package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.value.Transport;
import org.junit.jupiter.api.Test;

/** The file that the repository ships runs as it is, and so does what its comments suggest. */
final class ShippedConfigTest {

  private static final Path FILE = Path.of("../config/sbc.yaml");

  @Test
  void runsAsItIs() throws IOException {
    ConfigResult.Loaded loaded = ConfigText.loaded(Files.readString(FILE));

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.config().edge().listeners())
        .map(ListenerConfig::transport)
        .containsExactly(Transport.values());
    assertThat(loaded.config().accounts().usersFile()).isEqualTo(Path.of("config/users.yaml"));
  }

  @Test
  void runsWithItsExamplesSwitchedOn() throws IOException {
    String uncommented =
        Files.readString(FILE)
            .replaceAll("(?m)^# (trunks:|  )", "$1")
            .replaceAll("(?m)^  # ( ?)", "  $1")
            .replace("${ACME_PASSWORD}", "${PASSWORD}");

    ConfigResult.Loaded loaded = ConfigText.loaded(uncommented);

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.config().routing().trunks()).containsOnlyKeys("acme");
    assertThat(loaded.config().routing().routes())
        .map(RouteConfig::name)
        .containsExactly("echo", "outside", "inside");
  }
}
