package org.drawbridge.media.session;

/**
 * How much media a packet should hold (RFC 8866 6.4, 6.5).
 *
 * @param ptime wanted ms a packet, -1 when not said
 * @param maxptime most ms a packet, -1 when not said
 */
record Packetization(int ptime, int maxptime) {

  static final Packetization UNSAID = new Packetization(-1, -1);
}
