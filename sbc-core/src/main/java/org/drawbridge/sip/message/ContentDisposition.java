package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/** What a body or a part of one is for (RFC 3261 section 20.11, RFC 2183). */
final class ContentDisposition {

  private ContentDisposition() {}

  /**
   * Whether one who cannot use it may do without it; where nothing that can be read says so, it has
   * to be understood.
   *
   * @param value of the header, null where there is none
   */
  static boolean isOptional(@Nullable String value) {
    int semicolon = value == null ? -1 : value.indexOf(';');
    if (value == null || semicolon < 0) {
      return false;
    }
    try {
      return "optional".equalsIgnoreCase(Params.parse(value, semicolon).get("handling"));
    } catch (SipSyntaxException _) {
      return false;
    }
  }
}
