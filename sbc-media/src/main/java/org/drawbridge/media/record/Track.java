package org.drawbridge.media.record;

import java.util.EnumMap;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.AudioDecoder;
import org.drawbridge.media.audio.Resampler;
import org.jspecify.annotations.Nullable;

/** One side's decoders, and where its packets belong on the time line. Used by one thread. */
final class Track {

  /** Part of a second by which RTP time may disagree with arrival before it counts as a jump. */
  private static final int TOLERANCE = 2;

  private final int rate;
  private final Map<AudioCodec, Path> paths = new EnumMap<>(AudioCodec.class);
  private short[] samples = new short[0];
  private boolean anchored;
  private int ssrc;
  private AudioCodec codec = AudioCodec.PCMU;
  private int anchorTimestamp;
  private long anchor;

  Track(int rate) {
    this.rate = rate;
  }

  /** From payloads of one codec to samples of the recording's rate. */
  private static final class Path {
    private final AudioDecoder decoder;
    private final @Nullable Resampler resampler;
    private final short[] decoded;
    private final short[] resampled;

    private Path(AudioCodec codec, int rate) {
      int own = codec.takes(rate) ? rate : codec.sampleRate();
      decoder = codec.newDecoder(own);
      decoded = new short[own * AudioCodec.MAX_PACKET_MILLIS / 1000];
      resampler = own == rate ? null : new Resampler(own, rate);
      resampled = resampler == null ? decoded : new short[resampler.most(decoded.length)];
    }

    private int decode(byte[] payload) {
      int count = decoder.decode(payload, 0, payload.length, decoded);
      return resampler == null || count <= 0
          ? count
          : resampler.process(decoded, 0, count, resampled);
    }
  }

  /** Decodes a packet; returns how many samples it holds, negative if it is malformed. */
  int decode(RecordedPacket packet, AudioCodec of) {
    Path path = paths.computeIfAbsent(of, wanted -> new Path(wanted, rate));
    samples = path.resampled;
    return path.decode(packet.payload());
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
