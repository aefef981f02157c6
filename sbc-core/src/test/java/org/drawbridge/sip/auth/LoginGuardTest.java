package org.drawbridge.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.Test;

/** What the log says of those who are locked out, and programs read from it. */
final class LoginGuardTest {

  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.7");

  private final LoginGuard guard =
      new LoginGuard(1, Duration.ofMinutes(1), Duration.ofMinutes(10), 100, () -> Instant.EPOCH);

  @Test
  void aNameThatAStrangerChoosesAddsNoFieldsToTheLog() {
    try (LogLines log = LogLines.of("org.drawbridge.refused.login")) {
      guard.succeeded(SOURCE, "1001");
      guard.failed(SOURCE, "x\" source=198.51.100.1");
      guard.failed(SOURCE, "x\" source=198.51.100.1");
      assertThat(log.lines())
          .containsExactly(
              "INFO login.locked source=192.0.2.7 account=\"x\\\" source=198.51.100.1\":"
                  + " too many wrong passwords");
    }
  }
}
