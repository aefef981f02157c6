/**
 * Session descriptions (RFC 8866): a bounded parser that forgives what peers get wrong, a writer,
 * and an immutable model that keeps every line. Pure values, usable from any thread. What a
 * description means for a call is decided in {@code org.drawbridge.media.session}.
 */
@NullMarked
package org.drawbridge.media.sdp;

import org.jspecify.annotations.NullMarked;
