package org.drawbridge.media.api;

import org.drawbridge.media.api.LegStats.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * How well one kind of media travels between us and one peer.
 *
 * @param kind sound or picture
 * @param codec encoding name of the media
 * @param received from the peer to us, as we see it
 * @param sent from us to the peer, as its RTCP reports say; null before the first
 * @param roundTripMillis between us and the peer, from its reports; -1 if unknown
 * @param recovery what was asked for and done about losses
 */
public record LegQuality(
    Kind kind,
    String codec,
    Way received,
    @Nullable Way sent,
    double roundTripMillis,
    Recovery recovery) {

  /** Kinds of media. */
  public enum Kind {
    /** Sound, which has a score. */
    AUDIO,
    /** Pictures, which have none. */
    VIDEO
  }

  /**
   * One direction.
   *
   * @param packets that were to arrive, without those sent again
   * @param lost of them, since the beginning, also where they came when sent again
   * @param recentLoss the fraction lost lately, 0 to 1
   * @param jitterMillis interarrival jitter
   * @param mos estimated mean opinion score (E-model), 1 to 4.5; 0 for pictures, and where there
   *     was nothing to hear
   */
  public record Way(long packets, long lost, double recentLoss, double jitterMillis, double mos) {

    public Way {
      mos = packets == 0 ? 0 : mos;
    }
  }
}
