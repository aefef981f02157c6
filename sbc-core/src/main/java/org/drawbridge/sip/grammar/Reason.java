package org.drawbridge.sip.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A Reason value (RFC 3326).
 *
 * @param protocol SIP, Q.850 ...
 * @param cause -1 when not written, or no number
 * @param text without quotes and escapes; null when not written
 * @param location the kind of network that it comes from (RFC 8606); null when not written
 */
public record Reason(
    String protocol, int cause, @Nullable String text, @Nullable String location) {}
