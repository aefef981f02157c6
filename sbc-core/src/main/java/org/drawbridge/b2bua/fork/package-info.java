/**
 * Looking for somebody who answers (RFC 3261 section 16.6): a {@code Hunt} takes one way after the
 * other, on each one {@code Stage} of parallel {@code Branch}es after the other; each branch sends
 * an INVITE of its own and has the early dialogs that come of it (section 12.1). {@code Redirects}
 * says where a 3xx leads.
 *
 * <p>What the INVITEs are made from is an {@code Invitation}; what comes of them is told to an
 * {@code Attempt.Owner}; the call itself is seen as {@code ForkOwner} only. The winner is a {@code
 * Leg} that the call takes over. Used on the loop of the call.
 */
@NullMarked
package org.drawbridge.b2bua.fork;

import org.jspecify.annotations.NullMarked;
