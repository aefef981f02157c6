package org.drawbridge.media.audio;

/**
 * A whole sound with one channel. Immutable as long as nobody writes to its samples; any thread may
 * read it.
 *
 * @param rate samples a second
 * @param pcm 16-bit linear samples
 */
public record Clip(int rate, short[] pcm) {

  /** The same sound at another rate. */
  public Clip at(int other) {
    return rate == other ? this : new Clip(other, Resampler.whole(pcm, rate, other));
  }

  /**
   * Plays it from its start.
   *
   * @param times how often; 0 for without end
   */
  public PcmSource play(int times) {
    return new Playing(times);
  }

  /** Keeps the clip, so that who wants to hear it too finds it as long as it is played. */
  private final class Playing implements PcmSource {

    private final int times;
    private int played;
    private int at;

    private Playing(int times) {
      this.times = times;
    }

    @Override
    public int read(short[] out, int samples) {
      int written = 0;
      while (written < samples && pcm.length > 0 && (times == 0 || played < times)) {
        int count = Math.min(samples - written, pcm.length - at);
        System.arraycopy(pcm, at, out, written, count);
        written += count;
        at += count;
        if (at == pcm.length) {
          at = 0;
          played++;
        }
      }
      return written;
    }
  }
}
