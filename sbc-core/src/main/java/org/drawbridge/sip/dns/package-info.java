/**
 * Where a request goes (RFC 3263): NAPTR, SRV (RFC 2782), A and AAAA records in, ordered targets
 * out. What is chosen is pure; {@code DnsLookups} alone asks servers, and blocks nobody. Any thread
 * may ask.
 */
@NullMarked
package org.drawbridge.sip.dns;

import org.jspecify.annotations.NullMarked;
