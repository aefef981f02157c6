/**
 * The SBC against parties that do what well-behaved phones hardly ever do: SipUnit (on the JAIN SIP
 * stack) where a transaction is enough, a UDP socket and hand-written text where each byte counts
 * (RFC 3261). Every party has a loopback address of its own, so that an address that leaks can be
 * told from that of the SBC. A test uses its parties from its own thread.
 */
@NullMarked
package org.drawbridge.sipunit;

import org.jspecify.annotations.NullMarked;
