package org.drawbridge.policy;

import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * Max-Breadth (RFC 5393 section 5): into how many branches a request may be forked at once, on the
 * whole of its way.
 */
public final class Breadth {

  /** The name of the header. */
  public static final String HEADER = "Max-Breadth";

  /** What a request without the header has (section 5.3.3). */
  private static final int DEFAULT = 60;

  private Breadth() {}

  /** Whether its sender has limited it. */
  public static boolean isLimited(SipRequest request) {
    return request.headers().first(HEADER) != null;
  }

  /** The limit, at least 0; one that cannot be read, or is larger, counts as the default. */
  public static int of(SipRequest request) {
    String value = request.headers().first(HEADER);
    return value == null ? DEFAULT : read(value.strip());
  }

  private static int read(@Nullable String value) {
    boolean number = value != null && value.length() <= 9 && value.matches("[0-9]+");
    return number ? Math.min(DEFAULT, Integer.parseInt(value)) : DEFAULT;
  }
}
