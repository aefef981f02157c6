package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static SipResponse response() {
    return Messages.response(Messages.incoming(Method.OPTIONS, "call", "z9hG4bK-1").build(), 503);
  }

  @ParameterizedTest
  @CsvSource({
    "120, 120",
    "0, 0",
    "300;duration=3600, 300",
    "18000, 600",
    "999999999, 600",
    "120 (I'm in a meeting), 120",
    "soon, 0",
    "99999999999999999999, 0",
    "-5, 0"
  })
  void secondsAreRead(String value, int seconds) {
    SipResponse response = response().edit().header(HeaderName.RETRY_AFTER, value).build();
    assertThat(RetryAfter.of(response)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void withoutTheHeaderThereIsNone() {
    assertThat(RetryAfter.of(response())).isZero();
  }
}
