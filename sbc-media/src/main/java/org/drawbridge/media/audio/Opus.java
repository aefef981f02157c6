package org.drawbridge.media.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opus with one channel (RFC 6716): encoded at 8, 16 or 48 kHz, decoded at 48 kHz. */
final class Opus {

  private static final int BITRATE = 32_000;

  /** RFC 7587 section 6.1 has no less. */
  private static final int LEAST_BITRATE = 6_000;

  /** Beyond this, of 10, a voice sounds no better and costs much more. */
  private static final int COMPLEXITY = 3;

  private Opus() {}

  static AudioEncoder encoder(int rate, OpusTerms terms) {
    try {
      OpusEncoder encoder = new OpusEncoder(rate, 1, OpusApplication.OPUS_APPLICATION_VOIP);
      encoder.setBitrate(bitrate(terms));
      encoder.setMaxBandwidth(bandwidth(terms.playbackRate()));
      encoder.setUseVBR(!terms.constant());
      encoder.setComplexity(COMPLEXITY);
      encoder.setUseInbandFEC(true);
      return new Encoder(encoder);
    } catch (OpusException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int bitrate(OpusTerms terms) {
    return terms.bitrate() < 0 ? BITRATE : Math.clamp(terms.bitrate(), LEAST_BITRATE, BITRATE);
  }

  /** What can be heard at a playback rate in Hz (RFC 7587 section 3.1.1). */
  private static OpusBandwidth bandwidth(int rate) {
    if (rate < 0 || rate > 24_000) {
      return OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
    }
    if (rate > 16_000) {
      return OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND;
    }
    if (rate > 12_000) {
      return OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
    }
    return rate > 8000
        ? OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND
        : OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
  }

  private record Encoder(OpusEncoder encoder) implements AudioEncoder {

    @Override
    public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
      try {
        return encoder.encode(pcm, off, samples, out, outOff, out.length - outOff);
      } catch (OpusException e) {
        throw new IllegalArgumentException("no Opus packet holds " + samples + " samples", e);
      }
    }

    @Override
    public void expectLoss(int percent) {
      encoder.setPacketLossPercent(percent);
    }
  }

  static AudioDecoder decoder(int rate) {
    try {
      return new Decoder(new OpusDecoder(rate, 1));
    } catch (OpusException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Decoder(OpusDecoder decoder) implements AudioDecoder {

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm) {
      try {
        return len == 0 ? 0 : decoder.decode(payload, off, len, pcm, 0, pcm.length, false);
      } catch (OpusException | RuntimeException | AssertionError e) {
        // The library notices some malformed packets only by leaving its arrays, or by an
        // assertion.
        return MALFORMED;
      }
    }

    @Override
    public void conceal(short[] pcm, int samples) {
      makeUp(null, 0, 0, pcm, samples);
    }

    @Override
    public void recover(byte[] next, int off, int len, short[] pcm, int samples) {
      makeUp(next, off, len, pcm, samples);
    }

    private void makeUp(byte @Nullable [] next, int off, int len, short[] pcm, int samples) {
      try {
        decoder.decode(next, off, len, pcm, 0, samples, next != null);
      } catch (OpusException | RuntimeException | AssertionError e) {
        Arrays.fill(pcm, 0, samples, (short) 0);
      }
    }
  }
}
