package org.drawbridge.sip.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A Reason value (RFC 3326). {@code toString} is the header value.
 *
 * @param protocol SIP, Q.850 ...
 * @param cause -1 when not written
 * @param text without quotes, escapes left in; null when not written
 */
public record Reason(String protocol, int cause, @Nullable String text) {
  @Override
  public String toString() {
    return protocol
        + (cause < 0 ? "" : ";cause=" + cause)
        + (text == null ? "" : ";text=\"" + text + '"');
  }
}
