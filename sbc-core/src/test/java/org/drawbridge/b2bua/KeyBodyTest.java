package org.drawbridge.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are read from INFO bodies as phones, browsers and PBXs write them. */
final class KeyBodyTest {

  private static final String RELAY = "application/dtmf-relay";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Signal=5\\r\\nDuration=160\\r\\n | 5 | 160",
        "Signal= 5\\r\\nDuration= 100 | 5 | 100",
        "signal=*\\nduration=250 | * | 250",
        "Signal=# | # | 160",
        "Signal=11\\r\\nDuration=80 | # | 80",
        "Signal=16 | ! | 160",
        "Signal=d | D | 160",
        "Duration=99999\\r\\nSignal=1 | 1 | 10000",
        "Signal=1\\r\\nDuration=-5 | 1 | 160",
        "7 | 7 | 160",
      })
  void aKeyAndItsDurationAreRead(String body, char key, int millis) {
    String text = body.replace("\\r", "\r").replace("\\n", "\n");
    assertThat(KeyBody.read(RELAY, text)).isEqualTo(new KeyBody(key, millis));
  }

  @Test
  void thePlainFormIsTheKeyAlone() {
    assertThat(KeyBody.read("Application/DTMF; charset=utf-8", "9\r\n"))
        .isEqualTo(new KeyBody('9', 160));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Signal=", "Signal=55", "Signal=x", "Duration=100", "17", "=", "\0"})
  void whatNamesNoKeyIsNone(String body) {
    assertThat(KeyBody.read(RELAY, body)).isNull();
  }

  @Test
  void otherBodiesAreNotRead() {
    assertThat(KeyBody.read("application/media_control+xml", "5")).isNull();
    assertThat(KeyBody.read(null, "5")).isNull();
    assertThat(KeyBody.read(RELAY, "Signal=5\r\n" + "x".repeat(300))).isNull();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    KeyBody body = new KeyBody('#', 120);
    assertThat(KeyBody.read(RELAY, new String(body.bytes(), StandardCharsets.US_ASCII)))
        .isEqualTo(body);
  }
}
