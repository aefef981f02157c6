package org.drawbridge.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

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
              "INFO login.locked source=192.0.2.7 account=\"x\\\" source?198.51.100.1\":"
                  + " too many wrong passwords");
    }
  }

  @Test
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void namesThatAreMadeToCollideCostNoMoreThanOthers() {
    LoginGuard large =
        new LoginGuard(
            20, Duration.ofMinutes(1), Duration.ofMinutes(10), 100_000, () -> Instant.EPOCH);
    large.succeeded(SOURCE, "1001");
    for (int i = 0; i < 1 << 16; i++) {
      large.failed(SOURCE, colliding(i));
    }
    assertThat(large.isLocked(SOURCE, colliding(0))).isFalse();
  }

  /** A name of its own for each of 16 bits, all with the same hash code. */
  private static String colliding(int number) {
    return IntStream.range(0, 16)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}
