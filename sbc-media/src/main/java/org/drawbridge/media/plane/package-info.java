/**
 * What offer and answer see of the packets: {@code MediaPlane} and {@code RelayTransport},
 * transports with local addresses and keys, joined two and two, and the values that say how. They
 * are called on signalling loops; {@code media.net} turns each call into a command to a media loop.
 * Knows nothing of what becomes of each packet.
 */
@NullMarked
package org.drawbridge.media.plane;

import org.jspecify.annotations.NullMarked;
