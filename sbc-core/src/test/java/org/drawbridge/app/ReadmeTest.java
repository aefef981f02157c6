package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md and the guides tell people to type, and which ports they are told of. */
final class ReadmeTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`(bin/sbc [^`]+)`");

  /** Words in square brackets may be left out. */
  static Stream<String> commands() throws IOException {
    List<String> guides =
        List.of(
            Files.readString(README),
            Files.readString(Path.of("../docs/operation.md")),
            Files.readString(Path.of("../docs/routing.md")));
    return guides.stream()
        .flatMap(
            text ->
                Stream.concat(
                    SHELL.matcher(text).results().flatMap(block -> block.group(1).lines()),
                    INLINE.matcher(text).results().map((MatchResult found) -> found.group(1))))
        .filter(line -> line.startsWith("bin/sbc "))
        .map(line -> line.replaceFirst(" +#.*", "").replaceAll("[\\[\\]]", ""))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsTakenAsItStands(String line) {
    String[] words = line.split(" +");
    String[] arguments = Arrays.copyOfRange(words, 1, words.length);
    if (arguments.length == 1 && arguments[0].equals("explain")) {
      return; // only named: a call has to be told
    }
    assertThatNoException()
        .as(line)
        .isThrownBy(() -> Main.commandLine(arguments[0]).parseArgs(arguments));
  }

  @Test
  void thePortsAreThoseOfTheShippedConfiguration() throws IOException {
    String ports = Files.readString(README).split("## Ports", 2)[1].split("\n## ", 2)[0];
    ConfigResult read = ConfigReader.read(Path.of("../config/sbc.yaml"));
    SbcConfig config = ((ConfigResult.Loaded) read).config();
    for (ListenerConfig listener : config.edge().listeners()) {
      String line = "(?s).*\\| [^|]*\\b%d [a-z, ]*\\b%s\\b.*";
      assertThat(ports)
          .matches(line.formatted(listener.bind().port(), listener.transport().token()));
    }
    assertThat(ports)
        .contains("| " + config.media().webrtcPort() + " udp")
        .contains(
            "| %d-%d udp"
                .formatted(config.media().rtpPorts().first(), config.media().rtpPorts().last()));
  }
}
