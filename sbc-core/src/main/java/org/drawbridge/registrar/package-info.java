/**
 * The registrar (RFC 3261 section 10): which flows and contacts an account is reachable at.
 * Thread-safe: REGISTER requests of one account may arrive on different signalling loops.
 */
@NullMarked
package org.drawbridge.registrar;

import org.jspecify.annotations.NullMarked;
