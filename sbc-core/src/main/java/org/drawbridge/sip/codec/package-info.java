/**
 * From bytes to SIP messages (RFC 3261 sections 7 and 18.3). No sockets and no clock here; a parser
 * has no state and may be used from any thread, a framer belongs to the loop of its connection. Bad
 * input is a value, never an exception.
 */
@NullMarked
package org.drawbridge.sip.codec;

import org.jspecify.annotations.NullMarked;
