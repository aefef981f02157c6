package org.drawbridge.sip.transaction;

import java.time.Duration;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipResponse;

/** The Retry-After header of a response (RFC 3261 section 20.33). Pure. */
public final class RetryAfter {

  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** The time it asks for, without what it says about it; zero where it asks for none. */
  public static Duration of(SipResponse response) {
    String value = response.headers().first(HeaderName.RETRY_AFTER);
    int end = 0;
    while (value != null && end < value.length() && Character.isDigit(value.charAt(end))) {
      end++;
    }
    return value == null || end == 0 || end > MOST_DIGITS
        ? Duration.ZERO
        : Duration.ofSeconds(Integer.parseInt(value.substring(0, end)));
  }
}
