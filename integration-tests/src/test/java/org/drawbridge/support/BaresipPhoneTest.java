package org.drawbridge.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instrument is checked before it measures anything: two phones without an SBC in between. */
final class BaresipPhoneTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  @Test
  void twoPhonesHearEachOtherDirectly(@TempDir Path directory) throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    int port = FreePorts.block(2);
    try (BaresipPhone caller = BaresipPhone.start(one, LOW, "127.0.0.1:" + port);
        BaresipPhone callee = BaresipPhone.listening(two, HIGH, port)) {
      caller.callsDirectly("caller");
      callee.callsDirectly("callee");
      caller.dial("callee");
      callee.awaitEvent("CALL_INCOMING");
      callee.accept();
      caller.awaitEvent("CALL_ESTABLISHED");

      assertThat(callee.hears(Duration.ofMillis(1200))).matches(heard -> heard.is(LOW));
      assertThat(caller.hears(Duration.ofMillis(1200))).matches(heard -> heard.is(HIGH));

      caller.sendDtmf("5");
      assertThat(callee.awaitEvent("CALL_DTMF_START")).isEqualTo("5");

      caller.hangUp();
      callee.awaitEvent("CALL_CLOSED");
      assertThat(callee.hears(Duration.ofMillis(500)).isSilence()).isTrue();
    }
  }
}
