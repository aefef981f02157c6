package org.drawbridge.routing.change;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers that no route may touch, since what we do as a SIP element hangs on them. */
public final class OwnHeaders {

  private static final Set<String> OURS =
      Set.of(
          "via",
          "from",
          "to",
          "call-id",
          "cseq",
          "contact",
          "max-forwards",
          "route",
          "record-route",
          "path",
          "service-route",
          "content-length",
          "content-type",
          "content-encoding",
          "content-disposition",
          "mime-version",
          "require",
          "proxy-require",
          "supported",
          "unsupported",
          "allow",
          "allow-events",
          "session-expires",
          "min-se",
          "rack",
          "rseq",
          "replaces",
          "join",
          "target-dialog",
          "refer-to",
          "refer-sub",
          "event",
          "subscription-state",
          "expires",
          "min-expires",
          "max-breadth",
          "timestamp",
          "sip-etag",
          "sip-if-match",
          "flow-timer",
          "security-client",
          "security-server",
          "security-verify");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "www-authenticate",
          "proxy-authenticate",
          "authentication-info",
          "proxy-authentication-info");

  /** What says who calls is worth as much as the proof for it. */
  private static final Set<String> IDENTITY =
      Set.of("p-asserted-identity", "p-preferred-identity", "remote-party-id", "privacy");

  private OwnHeaders() {}

  /** Why a header cannot be changed, or null where it can. */
  public static @Nullable String refusal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.length() == 1) {
      return "write the name of the header in full, not as \"" + name + "\"";
    }
    if (OURS.contains(lower) || lower.startsWith("x-drawbridge-")) {
      return name + " is ours: calls do not work without what we write there";
    }
    return CREDENTIALS.contains(lower) ? name + " is between each side and us" : null;
  }

  /** Why what the sender wrote there cannot pass, or null where it can. */
  public static @Nullable String refusalToKeep(String name) {
    return IDENTITY.contains(name.toLowerCase(Locale.ROOT))
        ? name + " is what a sender says of itself, which proves nothing: set it instead"
        : refusal(name);
  }
}
