/**
 * What becomes of each packet, without sockets, threads or clocks.
 *
 * <p>Offer and answer see {@code MediaPlane} and {@code RelayTransport}: transports with local
 * addresses and keys, joined two and two. They are called on signalling loops; {@code media.net}
 * turns each call into a command to a media loop. There a peer ({@code RtpPeer}, {@code
 * WebRtcPeer}) decides whose packets are taken and unprotects them, and a {@code RelayLeg} for each
 * stream counts, renumbers or transcodes them and hands them to the leg it is joined to.
 */
@NullMarked
package org.drawbridge.media.relay;

import org.jspecify.annotations.NullMarked;
