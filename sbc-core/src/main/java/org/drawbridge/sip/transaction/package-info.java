/**
 * Transactions (RFC 3261 section 17, with RFC 6026, RFC 4320 and RFC 3581). Each of the four
 * machines is a pure function of its state and one input; {@link
 * org.drawbridge.sip.transaction.TransactionLayer} finds them by key and carries out what they ask
 * for. Everything here is confined to one signalling loop.
 */
@NullMarked
package org.drawbridge.sip.transaction;

import org.jspecify.annotations.NullMarked;
