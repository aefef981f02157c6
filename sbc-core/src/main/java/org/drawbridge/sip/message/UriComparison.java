package org.drawbridge.sip.message;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When two SIP URIs name the same resource (RFC 3261 section 19.1.4). */
final class UriComparison {
  /** Parameters that count even when only one side has them. */
  private static final List<String> DECISIVE =
      List.of("user", "ttl", "method", "maddr", "transport");

  private UriComparison() {}

  static boolean equivalent(SipUri a, SipUri b) {
    return a.isSecure() == b.isSecure()
        && a.port() == b.port()
        && a.host().equalsIgnoreCase(b.host())
        && sameUserinfo(a.userinfo(), b.userinfo())
        && sameParams(a.params(), b.params())
        && sameHeaders(a.headers(), b.headers());
  }

  private static boolean sameUserinfo(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.equals(b) || UserText.unescape(a).equals(UserText.unescape(b));
  }

  private static boolean sameParams(Params a, Params b) {
    for (String name : DECISIVE) {
      if (a.has(name) != b.has(name)) {
        return false;
      }
    }
    for (Params.Param param : a.asList()) {
      if (b.has(param.name()) && !sameValue(param.value(), b.raw(param.name()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(@Nullable String a, @Nullable String b) {
    return a == null || b == null
        ? a == null && b == null
        : UserText.unescape(a).equalsIgnoreCase(UserText.unescape(b));
  }

  private static boolean sameHeaders(@Nullable String a, @Nullable String b) {
    return a == null || b == null ? a == null && b == null : Arrays.equals(sorted(a), sorted(b));
  }

  private static String[] sorted(String headers) {
    String[] fields = headers.toLowerCase(Locale.ROOT).split("&", -1);
    Arrays.sort(fields);
    return fields;
  }
}
