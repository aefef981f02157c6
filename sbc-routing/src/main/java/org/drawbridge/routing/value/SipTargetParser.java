package org.drawbridge.routing.value;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the SIP URI of a host: scheme, host, port and transport (RFC 3261 section 25.1). */
public final class SipTargetParser {

  private static final Pattern URI =
      Pattern.compile(
          "(?i)(sips?):(?:\\[([0-9a-f:.]+)\\]|([a-z0-9.-]{1,253}))(?::([0-9]{1,5}))?(?:;transport=([a-z]+))?");

  private SipTargetParser() {}

  /** The target, or null for anything else, a URI with a user or with other parameters included. */
  public static @Nullable SipTarget parse(String text) {
    Matcher matcher = URI.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    boolean secure = matcher.group(1).length() == 4;
    String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    int port = matcher.group(4) == null ? 0 : Addresses.number(matcher.group(4), 65_535);
    Transport transport = transport(matcher.group(5));
    boolean known = matcher.group(5) == null || transport != null;
    boolean noV6 = matcher.group(2) != null && Addresses.literal(host) == null;
    boolean noPort = matcher.group(4) != null && port < 1;
    boolean unsafe = secure && transport == Transport.UDP;
    if (!known || noV6 || noPort || unsafe) {
      return null;
    }
    return new SipTarget(host.toLowerCase(Locale.ROOT), port, transport, secure);
  }

  private static @Nullable Transport transport(@Nullable String token) {
    for (Transport transport : Transport.values()) {
      if (transport.token().equalsIgnoreCase(token)) {
        return transport;
      }
    }
    return null;
  }
}
