package org.drawbridge.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.support.BaresipPhone.Answering.AUTO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.drawbridge.support.Await;
import org.drawbridge.support.BaresipPhone;
import org.drawbridge.support.Browser;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.SbcProcess;
import org.drawbridge.support.TestBed;
import org.drawbridge.support.Tone;
import org.junit.jupiter.api.Test;

/** What a killed process must not forget. */
@OnTestBed
final class RestartTest {

  private static final Tone LOW = new Tone(440);
  private static final Tone HIGH = new Tone(1000);

  private static final Duration WRITTEN = Duration.ofSeconds(40);

  @Test
  void aUdpPhoneIsCalledAfterAKillWithoutRegisteringAgain(TestBed bed) {
    BaresipPhone phone = bed.phone("1002", HIGH, PhoneTransport.UDP, AUTO);
    bed.phone("1004", HIGH, PhoneTransport.TCP, AUTO);
    Await.until("both on disk", WRITTEN, () -> areStored(bed.sbc(), "/1002", "/1004"));

    SbcProcess again = bed.killAndRestartSbc();
    assertThat(again.log()).contains("bindings.restored contacts=2");
    Browser browser = bed.browser("1001", LOW);
    browser.call("1002");

    browser.awaitTone(HIGH);
    phone.awaitTone(LOW);
    assertThat(again.log()).doesNotContain("register.ok aor=1002@");
  }

  /** Whether the registrar's file has these; it keeps the names of accounts as they are. */
  private static boolean areStored(SbcProcess sbc, String... users) {
    try {
      Path store = sbc.config().resolveSibling("bindings.mv");
      String text = Files.readString(store, StandardCharsets.ISO_8859_1);
      return Stream.of(users).allMatch(text::contains);
    } catch (IOException e) {
      return false; // not there yet
    }
  }
}
