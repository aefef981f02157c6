package org.drawbridge.media.plane;

/**
 * What marks the packets we send on one stream.
 *
 * @param ssrc of the media itself
 * @param repairSsrc of retransmissions (RFC 4588 session multiplexing by SSRC)
 * @param cname our canonical name, the same on all streams of a leg
 */
public record StreamIds(int ssrc, int repairSsrc, String cname) {}
