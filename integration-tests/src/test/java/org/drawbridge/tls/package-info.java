/**
 * Trunks over TLS with certificates on both sides, against OpenSSL: its authority, its client, its
 * server, and SIP written out by hand through them (RFC 5922). A test uses its parties from its own
 * thread.
 */
@NullMarked
package org.drawbridge.tls;

import org.jspecify.annotations.NullMarked;
