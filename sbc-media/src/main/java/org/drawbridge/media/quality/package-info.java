/**
 * How good a call sounds: the E-model (ITU-T G.107, simplified as in ETSI TR 101 329-5) over what
 * RTCP (RFC 3550 6.4, RFC 3611) and sequence numbers tell. Pure and immutable; any thread.
 */
@NullMarked
package org.drawbridge.media.quality;

import org.jspecify.annotations.NullMarked;
