package org.drawbridge.media.record;

import java.util.EnumMap;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;

/** One side's decoders, and where its packets belong on the time line. Used by one thread. */
final class Track {

  /** Part of a second by which RTP time may disagree with arrival before it counts as a jump. */
  private static final int TOLERANCE = 2;

  private final int rate;
  private final Map<AudioCodec, AudioDecoder> decoders = new EnumMap<>(AudioCodec.class);
  private final short[] samples;
  private boolean anchored;
  private int ssrc;
  private AudioCodec codec = AudioCodec.PCMU;
  private int anchorTimestamp;
  private long anchor;

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

  /** The place of a packet's first sample, by its timestamp if that may be. */
  long place(RecordedPacket packet, AudioCodec of, long arrived) {
    boolean known = anchored && packet.ssrc() == ssrc && of.clockRate() == codec.clockRate();
    long ahead = (long) (packet.timestamp() - anchorTimestamp) * rate / of.clockRate();
    long at = anchor + ahead;
    if (known && Math.abs(at - arrived) < rate / TOLERANCE) {
      return at;
    }
    anchored = true;
    ssrc = packet.ssrc();
    codec = of;
    anchorTimestamp = packet.timestamp();
    anchor = arrived;
    return arrived;
  }
}
