package org.drawbridge.routing.trunk;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How URIs toward a trunk are written.
 *
 * @param domain the SIP domain that they name, where the trunk's targets are only the proxies that
 *     lead there; null where they name the target
 * @param userPhone whether those of telephone numbers say {@code user=phone} (RFC 3261 section
 *     19.1.1)
 */
public record TrunkUris(@Nullable String domain, boolean userPhone) {

  /** As the targets are. */
  public static final TrunkUris STANDARD = new TrunkUris(null, false);

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]+");

  /** Whether a URI of this user says {@code user=phone}. */
  public boolean saysPhone(String user) {
    return userPhone && NUMBER.matches(user);
  }
}
