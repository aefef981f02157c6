/**
 * Accounts: who may register, with hashed secrets (RFC 8760 HA1), and the users file that keeps
 * them. Immutable values; the file is read and written on the main thread.
 */
@NullMarked
package org.drawbridge.routing.user;

import org.jspecify.annotations.NullMarked;
