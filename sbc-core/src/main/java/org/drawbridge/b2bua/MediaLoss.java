package org.drawbridge.b2bua;

import org.drawbridge.b2bua.leg.EndCause;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaEvent;
import org.drawbridge.media.api.MediaLeg;

/** Why a call ends whose media does not come. Peers are told what; the log, what may help too. */
final class MediaLoss {

  private MediaLoss() {}

  /**
   * No way was found by ICE.
   *
   * @param missing what has not come
   */
  static EndCause unreached(MediaLeg leg, String missing) {
    String waited = " within " + MediaEvent.FIRST_CHECK_SECONDS + " s";
    String words = "Media of " + leg.label() + " failed: " + missing + waited;
    return EndCause.here(words, way(leg));
  }

  /** Nothing has come for so long. What was heard before needs no advice: the peer has gone. */
  static EndCause silent(MediaLeg leg, long millis) {
    String words = "No media from " + leg.label() + " for " + millis / 1000 + " s";
    LegStats stats = leg.stats();
    if (stats.packetsReceived() > 0) {
      return EndCause.here(words);
    }
    return EndCause.here(
        words,
        stats.packetsRefused() > 0
            ? stats.packetsRefused() + " packets came from elsewhere or were not authentic"
            : "none ever came; " + way(leg));
  }

  private static String way(MediaLeg leg) {
    String ports = leg.kind() == LegKind.WEBRTC ? "media.webrtc-port" : "media.rtp-ports";
    return "it has to reach the address of media.advertise, and a firewall to let in UDP to "
        + ports;
  }
}
