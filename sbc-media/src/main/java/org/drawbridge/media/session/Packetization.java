package org.drawbridge.media.session;

/**
 * How much media a packet should hold, and how much may come (RFC 8866 5.8, 6.4, 6.5).
 *
 * @param ptime wanted ms a packet, -1 when not said
 * @param maxptime most ms a packet, -1 when not said
 * @param bandwidth most kbit/s of video, -1 when not said
 */
record Packetization(int ptime, int maxptime, int bandwidth) {

  static final Packetization UNSAID = new Packetization(-1, -1, -1);

  private static final int USUAL_MILLIS = 20;
  private static final int LEAST_MILLIS = 10;

  /**
   * How many ms a packet of our own holds, for whoever says this. All can take less than wanted.
   */
  int ownMillis() {
    boolean less = isBelowUsual(ptime) || isBelowUsual(maxptime);
    return less ? LEAST_MILLIS : USUAL_MILLIS;
  }

  private static boolean isBelowUsual(int millis) {
    return millis >= 0 && millis < USUAL_MILLIS;
  }
}
