package org.drawbridge.sip.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A Session-Expires value (RFC 4028 section 4). {@code toString} is the header value.
 *
 * @param seconds the session interval
 * @param refresher null when left open
 */
public record SessionExpires(int seconds, @Nullable Refresher refresher) {
  /** Who refreshes. */
  public enum Refresher {
    UAC,
    UAS
  }

  @Override
  public String toString() {
    return switch (refresher) {
      case null -> Integer.toString(seconds);
      case UAC -> seconds + ";refresher=uac";
      case UAS -> seconds + ";refresher=uas";
    };
  }
}
