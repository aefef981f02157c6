package org.drawbridge.media.audio;

import java.util.Arrays;

/** A decoder whose sound leaves at another rate than its codec has. One stream's. */
final class ResampledDecoder implements AudioDecoder {

  private final AudioDecoder decoder;
  private final Resampler resampler;
  private final int from;
  private final int to;
  private final short[] decoded;

  ResampledDecoder(AudioCodec codec, int to) {
    this.to = to;
    from = codec.sampleRate();
    decoder = codec.newDecoder(from);
    resampler = new Resampler(from, to);
    decoded = new short[from / 1000 * AudioCodec.MAX_PACKET_MILLIS];
  }

  @Override
  public int decode(byte[] payload, int off, int len, short[] pcm) {
    int count = decoder.decode(payload, off, len, decoded);
    return count <= 0 ? count : resampler.process(decoded, 0, count, pcm);
  }

  @Override
  public void conceal(short[] pcm, int samples) {
    int missing = missing(samples);
    decoder.conceal(decoded, missing);
    resample(missing, pcm, samples);
  }

  @Override
  public void recover(byte[] next, int off, int len, short[] pcm, int samples) {
    int missing = missing(samples);
    decoder.recover(next, off, len, decoded, missing);
    resample(missing, pcm, samples);
  }

  private int missing(int samples) {
    return Math.min(decoded.length, (int) ((long) samples * from / to));
  }

  private void resample(int missing, short[] pcm, int samples) {
    int made = resampler.process(decoded, 0, missing, pcm);
    Arrays.fill(pcm, Math.min(made, samples), samples, (short) 0);
  }
}
