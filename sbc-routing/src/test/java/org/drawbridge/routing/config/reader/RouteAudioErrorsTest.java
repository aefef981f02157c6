package org.drawbridge.routing.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.routing.config.reader.ConfigText.MINIMAL;

import org.drawbridge.routing.yaml.ConfigProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in what routes do to the audio of their calls. */
final class RouteAudioErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode: proxy, record: x | \"record\" needs \"mode: b2bua\" and \"media: relay\"",
        "media: direct, record: x | \"record\" needs \"mode: b2bua\" and \"media: relay\"",
        "record: true | \"record\" is the directory of the recordings, as in recordings/sales",
        "hold-music: pom.xml | pom.xml is not a WAV file",
      })
  void namesTheMistake(String keys, String message) {
    String routes = "routes: [ { name: a, to: { registrar: true }, " + keys + " } ]";
    assertThat(ConfigText.problems(MINIMAL + routes))
        .extracting(ConfigProblem::message)
        .contains(message);
  }
}
