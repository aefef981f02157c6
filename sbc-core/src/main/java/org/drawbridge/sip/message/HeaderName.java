package org.drawbridge.sip.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header fields this software names, with their compact forms (RFC 3261 section 7.3.3 and the
 * IANA registry).
 */
public enum HeaderName {
  ACCEPT("Accept"),
  ACCEPT_CONTACT("Accept-Contact", 'a'),
  ACCEPT_ENCODING("Accept-Encoding"),
  ACCEPT_LANGUAGE("Accept-Language"),
  ALERT_INFO("Alert-Info"),
  ALLOW("Allow"),
  ALLOW_EVENTS("Allow-Events", 'u'),
  AUTHENTICATION_INFO("Authentication-Info"),
  AUTHORIZATION("Authorization"),
  CALL_ID("Call-ID", 'i'),
  CALL_INFO("Call-Info"),
  CONTACT("Contact", 'm'),
  CONTENT_DISPOSITION("Content-Disposition"),
  CONTENT_ENCODING("Content-Encoding", 'e'),
  CONTENT_LANGUAGE("Content-Language"),
  CONTENT_LENGTH("Content-Length", 'l'),
  CONTENT_TYPE("Content-Type", 'c'),
  CSEQ("CSeq"),
  DATE("Date"),
  DIVERSION("Diversion"),
  ERROR_INFO("Error-Info"),
  EVENT("Event", 'o'),
  EXPIRES("Expires"),
  FLOW_TIMER("Flow-Timer"),
  FROM("From", 'f'),
  GEOLOCATION("Geolocation"),
  HISTORY_INFO("History-Info"),
  IDENTITY("Identity", 'y'),
  IN_REPLY_TO("In-Reply-To"),
  JOIN("Join"),
  MAX_FORWARDS("Max-Forwards"),
  MIME_VERSION("MIME-Version"),
  MIN_EXPIRES("Min-Expires"),
  MIN_SE("Min-SE"),
  ORGANIZATION("Organization"),
  PATH("Path"),
  PRIORITY("Priority"),
  PRIVACY("Privacy"),
  PROXY_AUTHENTICATE("Proxy-Authenticate"),
  PROXY_AUTHORIZATION("Proxy-Authorization"),
  PROXY_REQUIRE("Proxy-Require"),
  P_ACCESS_NETWORK_INFO("P-Access-Network-Info"),
  P_ASSERTED_IDENTITY("P-Asserted-Identity"),
  P_ASSOCIATED_URI("P-Associated-URI"),
  P_CALLED_PARTY_ID("P-Called-Party-ID"),
  P_CHARGING_VECTOR("P-Charging-Vector"),
  P_EARLY_MEDIA("P-Early-Media"),
  P_PREFERRED_IDENTITY("P-Preferred-Identity"),
  RACK("RAck"),
  REASON("Reason"),
  RECORD_ROUTE("Record-Route"),
  REFERRED_BY("Referred-By", 'b'),
  REFER_SUB("Refer-Sub"),
  REFER_TO("Refer-To", 'r'),
  REMOTE_PARTY_ID("Remote-Party-ID"),
  REPLACES("Replaces"),
  REPLY_TO("Reply-To"),
  REQUEST_DISPOSITION("Request-Disposition", 'd'),
  REQUIRE("Require"),
  RETRY_AFTER("Retry-After"),
  ROUTE("Route"),
  RSEQ("RSeq"),
  SERVER("Server"),
  SERVICE_ROUTE("Service-Route"),
  SESSION_EXPIRES("Session-Expires", 'x'),
  SIP_ETAG("SIP-ETag"),
  SIP_IF_MATCH("SIP-If-Match"),
  SUBJECT("Subject", 's'),
  SUBSCRIPTION_STATE("Subscription-State"),
  SUPPORTED("Supported", 'k'),
  TIMESTAMP("Timestamp"),
  TO("To", 't'),
  UNSUPPORTED("Unsupported"),
  USER_AGENT("User-Agent"),
  VIA("Via", 'v'),
  WARNING("Warning"),
  WWW_AUTHENTICATE("WWW-Authenticate");

  private static final HeaderName[] ALL = values();
  private static final int SLOTS = 512;

  /** Open addressing over {@link #hash}: a slot holds ordinal + 1, or 0. */
  private static final short[] TABLE = new short[SLOTS];

  private static final @Nullable HeaderName[] COMPACT = new @Nullable HeaderName[26];

  static {
    for (HeaderName name : ALL) {
      int slot = hash(name.lower, 0, name.lower.length);
      while (TABLE[slot] != 0) {
        slot = slot + 1 & SLOTS - 1;
      }
      TABLE[slot] = (short) (name.ordinal() + 1);
      if (name.compact != 0) {
        COMPACT[name.compact - 'a'] = name;
      }
    }
  }

  private final String canonical;
  private final char compact;
  private final byte[] lower;

  HeaderName(String canonical) {
    this(canonical, (char) 0);
  }

  HeaderName(String canonical, char compact) {
    this.canonical = canonical;
    this.compact = compact;
    byte[] bytes = canonical.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= 0x20;
    }
    this.lower = bytes;
  }

  /** The name as it is written, such as {@code Call-ID}. */
  public String canonical() {
    return canonical;
  }

  /** The one-letter form in lower case, or 0 if there is none. */
  public char compact() {
    return compact;
  }

  /** The header with this name or compact form, in any case; null if it has no constant. */
  public static @Nullable HeaderName of(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /** As {@link #of(String)}, for the bytes {@code [from, to)}. Allocates nothing. */
  public static @Nullable HeaderName of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 1) {
      int letter = (bytes[from] | 0x20) - 'a';
      return letter >= 0 && letter < COMPACT.length ? COMPACT[letter] : null;
    }
    if (length < 2) {
      return null;
    }
    int slot = hash(bytes, from, length);
    while (TABLE[slot] != 0) {
      HeaderName name = ALL[TABLE[slot] - 1];
      if (name.matches(bytes, from, length)) {
        return name;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return null;
  }

  static HeaderName at(int ordinal) {
    return ALL[ordinal];
  }

  private static int hash(byte[] b, int from, int length) {
    int first = b[from] | 0x20;
    int middle = b[from + (length >> 1)] | 0x20;
    int last = b[from + length - 1] | 0x20;
    return (first * 31 + middle * 7 + last * 131 + length * 17) & SLOTS - 1;
  }

  private boolean matches(byte[] b, int from, int length) {
    if (length != lower.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int difference = b[from + i] ^ lower[i];
      if (difference != 0 && (difference != 0x20 || lower[i] < 'a')) {
        return false;
      }
    }
    return true;
  }
}
