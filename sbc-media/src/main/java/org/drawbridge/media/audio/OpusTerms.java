package org.drawbridge.media.audio;

/**
 * What a peer says of the Opus it would receive (RFC 7587 section 6.1).
 *
 * @param repeats whether it makes use of what repeats the packet before
 * @param bitrate most bits a second on average, -1 where it does not say
 * @param playbackRate the highest rate in Hz at which it plays, -1 where it does not say
 * @param constant whether all packets are to be of one size
 */
public record OpusTerms(boolean repeats, int bitrate, int playbackRate, boolean constant) {

  /** Of who says nothing. */
  public static final OpusTerms UNSAID = new OpusTerms(false, -1, -1, false);

  /** Of who makes use of repeats and says no more. */
  public static final OpusTerms REPEATING = new OpusTerms(true, -1, -1, false);
}
