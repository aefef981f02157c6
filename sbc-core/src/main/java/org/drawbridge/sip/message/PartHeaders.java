package org.drawbridge.sip.message;

import java.util.Locale;
import java.util.Set;

/** The header lines of one part of a body (RFC 2046 section 5.1, RFC 2183). */
final class PartHeaders {

  /** Those that leave the bytes as they are (RFC 2045 section 6.2). */
  private static final Set<String> IDENTITIES = Set.of("7bit", "8bit", "binary");

  private final String lines;

  /** Those between a delimiter and the empty line. */
  PartHeaders(String lines) {
    this.lines = lines.replaceAll("\r\n[ \t]+", " ");
  }

  /** The value of the first such line; {@code otherwise} if there is none. */
  String value(String name, String otherwise) {
    for (String line : lines.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon >= 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return otherwise;
  }

  /** Whether one who cannot use the part may do without it (RFC 3261 section 20.11). */
  boolean isOptional() {
    return ContentDisposition.isOptional(value("Content-Disposition", ""));
  }

  /** Whether the bytes are not the content itself. */
  boolean isEncoded() {
    String encoding = value("Content-Transfer-Encoding", "binary").toLowerCase(Locale.ROOT);
    return !IDENTITIES.contains(encoding);
  }
}
