package org.drawbridge.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.drawbridge.media.audio.AudioCodec;

/**
 * Puts what two sides said onto one time line: each packet where its RTP timestamp says, as long as
 * that agrees with its arrival; silence where nothing came. Time comes as an argument; used by one
 * thread.
 */
final class TwoTracks {

  static final int CHANNELS = 2;

  /** Seconds that late packets may come after others. */
  private static final int WINDOW_SECONDS = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int rate;
  private final long startNanos;
  private final short[] window;
  private final Track[] tracks;
  private long written;

  /**
   * An empty time line.
   *
   * @param rate samples a second
   */
  TwoTracks(int rate, long startNanos) {
    this.rate = rate;
    this.startNanos = startNanos;
    window = new short[CHANNELS * WINDOW_SECONDS * rate];
    tracks = new Track[] {new Track(rate), new Track(rate)};
  }

  /** Which sample is due at a time. */
  private long sampleAt(long nanos) {
    long elapsed = Math.max(0, nanos - startNanos);
    return elapsed / NANOS_PER_SECOND * rate + elapsed % NANOS_PER_SECOND * rate / NANOS_PER_SECOND;
  }

  /** Adds a packet of audio; what is too late or too early for the window is left out. */
  void add(RecordedPacket packet, AudioCodec codec) {
    Track track = tracks[packet.channel()];
    int samples = track.decode(packet, codec);
    if (samples <= 0) {
      return;
    }
    long at = track.place(packet, codec, sampleAt(packet.nanos()));
    long end = written + window.length / CHANNELS;
    if (at > written && at < end && track.isStretched()) {
      // No gap: a sample of silence would be heard as a click.
      window[index(at - 1) + packet.channel()] = track.sample(0);
    }
    for (int i = (int) Math.max(0, written - at); i < samples && at + i < end; i++) {
      window[index(at + i) + packet.channel()] = track.sample(i);
    }
  }

  private int index(long sample) {
    return (int) (sample % (window.length / CHANNELS)) * CHANNELS;
  }

  /**
   * Takes what is over and done at a time: both channels, sample by sample, little-endian.
   *
   * @param out filled as far as there is room for whole samples
   * @return whether there is more to take
   */
  boolean drain(long untilNanos, ByteBuffer out) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    long until = sampleAt(untilNanos);
    while (written < until && out.remaining() >= CHANNELS * Short.BYTES) {
      int at = index(written);
      out.putShort(window[at]).putShort(window[at + 1]);
      window[at] = 0;
      window[at + 1] = 0;
      written++;
    }
    return written < until;
  }
}
