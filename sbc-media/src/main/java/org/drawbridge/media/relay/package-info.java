/**
 * The media plane as offer/answer sees it: transports with local addresses and keys, joined two and
 * two. Implementations own media loops; callers are signalling loops, whose calls become commands
 * posted to a media loop.
 */
@NullMarked
package org.drawbridge.media.relay;

import org.jspecify.annotations.NullMarked;
