package org.drawbridge.media.record;

import java.util.EnumMap;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;

/** One side's decoders, and where its packets belong on the time line. Used by one thread. */
final class Track {

  /** Part of a second by which RTP time may disagree with arrival before it counts as a jump. */
  private static final int TOLERANCE = 2;

  /** How long delays are looked at before the place follows them. */
  private static final int WINDOW_SECONDS = 5;

  private final int rate;
  private final Map<AudioCodec, AudioDecoder> decoders = new EnumMap<>(AudioCodec.class);
  private final short[] samples;
  private boolean anchored;
  private int ssrc;
  private AudioCodec codec = AudioCodec.PCMU;
  private int anchorTimestamp;
  private long anchor;
  private long windowEnd;
  private long leastDelay;
  private long owed;
  private boolean stretched;

  Track(int rate) {
    this.rate = rate;
    samples = new short[AudioCodec.roomAt(rate)];
  }

  /** Decodes a packet; returns how many samples it holds, negative if it is malformed. */
  int decode(RecordedPacket packet, AudioCodec of) {
    AudioDecoder decoder = decoders.computeIfAbsent(of, wanted -> wanted.newDecoderTo(rate));
    return decoder.decode(packet.payload(), 0, packet.payload().length, samples);
  }

  /** A sample of the packet last decoded. */
  short sample(int i) {
    return samples[i];
  }

  /**
   * The place of a packet's first sample, by its timestamp if that may be. No two clocks run alike:
   * where the timestamps drift away from the time of arrival the place follows, a sample with each
   * packet, lest one side falls behind the other and then jumps.
   */
  long place(RecordedPacket packet, AudioCodec of, long arrived) {
    boolean known = anchored && packet.ssrc() == ssrc && of.clockRate() == codec.clockRate();
    long ahead = (long) (packet.timestamp() - anchorTimestamp) * rate / of.clockRate();
    long at = anchor + ahead;
    if (known && Math.abs(at - arrived) < rate / TOLERANCE) {
      return at + follow(arrived - at, arrived);
    }
    anchored = true;
    ssrc = packet.ssrc();
    codec = of;
    anchorTimestamp = packet.timestamp();
    anchor = arrived;
    owed = 0;
    stretched = false;
    begin(arrived);
    return arrived;
  }

  /** Whether the packet last placed comes a sample later than its timestamp says. */
  boolean isStretched() {
    return stretched;
  }

  private void begin(long arrived) {
    windowEnd = arrived + (long) rate * WINDOW_SECONDS;
    leastDelay = rate; // more than any that is no jump
  }

  /** The least delay of many packets is that of the way without jitter: it stays at 0. */
  private int follow(long delay, long arrived) {
    leastDelay = Math.min(leastDelay, delay);
    if (arrived >= windowEnd) {
      owed = leastDelay;
      begin(arrived);
    }
    int step = Long.signum(owed);
    owed -= step;
    anchor += step;
    // What is made up for already is not to be made up for again.
    leastDelay -= step;
    stretched = step > 0;
    return step;
  }
}
