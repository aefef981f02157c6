package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it ends in a configuration or in a list of mistakes. */
final class ConfigMutationTest {

  private static final String SEED_TAIL =
      """
      trunks: { acme: { targets: ["sip:a.example:5070;transport=tcp"], from: [ 192.0.2.0/24, "::1" ] } }
      registrar: { min-expires: 60s, max-expires: 1h }
      security: { drop-user-agents: [ "a|(b)" ], auth-failures: { max: 3, within: 30s, ban: 5m } }
      limits: { message-size: 64KB }
      """;

  private static final String[] INSERTS = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "\n",
    "\n  ",
    "- ",
    "#",
    "'",
    "\"",
    "|",
    ">",
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "? ",
    "%YAML 1.9\n",
    "---\n",
    "...\n",
    "\t",
    "\u0000",
    "\u2028",
    "\ud800",
    "\ud83d\ude00",
    "${",
    "$1",
    "~",
    "null",
    "999999999999",
    "-1",
    "<<: ",
    "@",
    "`",
    "\\",
    "0x1",
    "(",
    "**",
    "\ufeff"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void mutatedFilesNeverThrow(long seed) throws IOException {
    String original = Files.readString(Path.of("../config/sbc.yaml")) + SEED_TAIL;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      switch (ConfigText.read(mutated(original, random))) {
        case ConfigResult.Loaded _ -> {}
        case ConfigResult.Refused(var problems) -> {
          assertThat(problems).isNotEmpty().allSatisfy(it -> assertThat(it.message()).isNotBlank());
          refused++;
        }
      }
    }
    assertThat(refused).as("most mutations break the file").isGreaterThan(300);
  }

  private static String mutated(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.insert(at, INSERTS[random.nextInt(INSERTS.length)]);
      }
    }
    return text.toString();
  }
}
