/**
 * Certificates and what TLS is done with: ours, read from PEM files or made for development, and
 * whose of the others are believed (RFC 5922). Knows neither listeners nor flows; reading blocks.
 */
@NullMarked
package org.drawbridge.sip.transport.tls;

import org.jspecify.annotations.NullMarked;
