/** Digest authentication of those who call and register (RFC 7616, RFC 8760). Thread-safe. */
@NullMarked
package org.drawbridge.sip.auth;

import org.jspecify.annotations.NullMarked;
