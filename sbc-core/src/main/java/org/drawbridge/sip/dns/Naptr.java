package org.drawbridge.sip.dns;

/**
 * One NAPTR record (RFC 3403).
 *
 * @param order lower comes first, and what comes later is not for us if we can use this
 * @param preference order among those of equal order
 * @param flags {@code s} where the replacement has SRV records
 * @param service such as {@code SIP+D2U}
 * @param regexp empty for SIP (RFC 3263 section 4.1)
 * @param replacement the name to ask next, without a final dot
 */
record Naptr(
    int order, int preference, String flags, String service, String regexp, String replacement) {}
