package org.drawbridge.sip.transaction;

import java.time.Duration;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipResponse;

/** The Retry-After header of a response (RFC 3261 section 20.33). Pure. */
public final class RetryAfter {

  private static final int MOST_DIGITS = 9;

  /** A mistake there must not cost a trunk its best host for a day. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private RetryAfter() {}

  /**
   * The time it asks for, without what it says about it, and ten minutes at most; zero where it
   * asks for none.
   */
  public static Duration of(SipResponse response) {
    String value = response.headers().first(HeaderName.RETRY_AFTER);
    int end = 0;
    while (value != null && end < value.length() && Character.isDigit(value.charAt(end))) {
      end++;
    }
    if (value == null || end == 0 || end > MOST_DIGITS) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Integer.parseInt(value.substring(0, end)));
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
