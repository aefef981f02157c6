package org.drawbridge.sip.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A Subscription-State value (RFC 6665 section 8.2.3). {@code toString} is the header value.
 *
 * @param state active, pending, terminated or an extension
 * @param expires seconds; -1 when not written
 * @param reason null when not written
 * @param retryAfter seconds; -1 when not written
 */
public record SubscriptionState(
    String state, int expires, @Nullable String reason, int retryAfter) {
  @Override
  public String toString() {
    return state
        + (expires < 0 ? "" : ";expires=" + expires)
        + (reason == null ? "" : ";reason=" + reason)
        + (retryAfter < 0 ? "" : ";retry-after=" + retryAfter);
  }
}
