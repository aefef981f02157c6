/**
 * The edge of the media plane: the only place that touches media sockets, threads and the clock.
 * One thread a media loop reads datagrams, hands them to the cores of {@code relay} and runs what
 * signalling loops post to it.
 */
@NullMarked
package org.drawbridge.media.net;

import org.jspecify.annotations.NullMarked;
