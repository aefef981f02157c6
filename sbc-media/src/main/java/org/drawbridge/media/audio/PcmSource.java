package org.drawbridge.media.audio;

/** Sound that can be played, a piece at a time. Not thread-safe. */
public interface PcmSource {

  /**
   * Writes the next samples from index 0.
   *
   * @return how many; fewer than asked for at the end, and 0 after it
   */
  int read(short[] pcm, int samples);
}
