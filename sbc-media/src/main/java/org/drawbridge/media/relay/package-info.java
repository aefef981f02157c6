/**
 * What becomes of each packet, without sockets, threads or clocks.
 *
 * <p>Commands of {@code media.plane} arrive on media loops. There a peer ({@code RtpPeer}, {@code
 * WebRtcPeer}) decides whose packets are taken and unprotects them, and a {@code RelayLeg} for each
 * stream counts, renumbers or transcodes them and hands them to the leg it is joined to.
 */
@NullMarked
package org.drawbridge.media.relay;

import org.jspecify.annotations.NullMarked;
