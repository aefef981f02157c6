package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.drawbridge.sim.LogLines;
import org.drawbridge.sip.transport.tls.CertificateFiles.Lifetime;
import org.junit.jupiter.api.Test;

/** A program that nobody restarts tells of the certificate that nobody renews. */
final class CertificateReminderTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private OwnCertificates certificates = ending("2026-01-31T00:00:00Z");

  private static OwnCertificates ending(String when) {
    Lifetime lifetime = new Lifetime(Instant.EPOCH, Instant.parse(when));
    return new OwnCertificates(Map.of(Path.of("server.pem"), lifetime));
  }

  @Test
  void theLastTwoWeeksHaveALineEachDay() {
    CertificateReminder reminder = new CertificateReminder(() -> certificates, () -> now);
    try (LogLines log = LogLines.of("org.drawbridge.config")) {
      pass(reminder, Duration.ofDays(16));
      assertThat(log.lines()).isEmpty();
      pass(reminder, Duration.ofDays(3));
      assertThat(log.lines())
          .hasSize(3)
          .containsOnly("WARN certificate server.pem expires on 2026-01-31T00:00:00Z");
      certificates = ending("2027-01-01T00:00:00Z");
      pass(reminder, Duration.ofDays(30));
      assertThat(log.lines()).as("once it is renewed").hasSize(3);
    }
  }

  private void pass(CertificateReminder reminder, Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute += 10) {
      now = now.plus(Duration.ofMinutes(10));
      reminder.look();
    }
  }
}
