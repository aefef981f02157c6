/**
 * SIP messages and the values in them (RFC 3261 sections 7, 19.1, 20 and 25).
 *
 * <p>Everything here is immutable and may be used from any thread. A message is raw first: it keeps
 * its bytes and an index of its header lines; values are read from there when asked for and kept.
 * Text that may be malformed is parsed by static {@code parse} methods that throw the checked
 * {@link SipSyntaxException}; whoever feeds them network input turns that into a 400 answer, it
 * never leaves the signalling code.
 */
@NullMarked
package org.drawbridge.sip.message;

import org.jspecify.annotations.NullMarked;
