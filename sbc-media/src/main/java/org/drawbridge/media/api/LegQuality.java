package org.drawbridge.media.api;

import org.jspecify.annotations.Nullable;

/**
 * How well media travels between us and one peer.
 *
 * @param codec encoding name of the media
 * @param received from the peer to us, as we see it
 * @param sent from us to the peer, as its RTCP reports say; null before the first
 * @param roundTripMillis between us and the peer, from its reports; -1 if unknown
 */
public record LegQuality(String codec, Way received, @Nullable Way sent, double roundTripMillis) {

  /**
   * One direction.
   *
   * @param packets that were to arrive
   * @param lost of them, since the beginning
   * @param recentLoss the fraction lost lately, 0 to 1
   * @param jitterMillis interarrival jitter
   * @param mos estimated mean opinion score (E-model), 1 to 4.5
   */
  public record Way(long packets, long lost, double recentLoss, double jitterMillis, double mos) {}
}
