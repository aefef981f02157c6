package org.drawbridge.media.audio;

import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The codecs that we can encode and decode ourselves. */
public enum AudioCodec {
  /** G.711 mu-law. */
  PCMU("PCMU", 8000, 8000),
  /** G.711 A-law. */
  PCMA("PCMA", 8000, 8000),
  /** G.722 at 64 kbit/s. */
  G722("G722", 16_000, 8000),
  /** Opus (RFC 6716, RFC 7587), which we send with one channel. */
  OPUS("opus", 48_000, 48_000);

  /** The longest packet we decode or encode, in ms (RFC 7587 3.1). */
  public static final int MAX_PACKET_MILLIS = 120;

  /** Bytes that any payload of ours fits in: 120 ms of G.711. */
  public static final int MAX_PAYLOAD = 1280;

  private final String encodingName;
  private final int sampleRate;
  private final int clockRate;

  AudioCodec(String encodingName, int sampleRate, int clockRate) {
    this.encodingName = encodingName;
    this.sampleRate = sampleRate;
    this.clockRate = clockRate;
  }

  /** The codec of an encoding name and RTP clock rate (RFC 3551, RFC 7587), null if not ours. */
  public static @Nullable AudioCodec of(String name, int clockRate) {
    for (AudioCodec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(name) && codec.clockRate == clockRate) {
        return codec;
      }
    }
    return null;
  }

  /** Samples a second of the sound itself, in Hz. */
  public int sampleRate() {
    return sampleRate;
  }

  /** The RTP clock, in Hz; G.722's is half of its sample rate (RFC 3551 4.5.2). */
  public int clockRate() {
    return clockRate;
  }

  /** Whether PCM of a rate in Hz can be encoded and decoded without resampling. */
  public boolean takes(int rate) {
    return rate == sampleRate || this == OPUS && (rate == 8000 || rate == 16_000);
  }

  /**
   * The rate in Hz at which a sound of another is given to it: the lowest it {@link #takes} that
   * loses nothing, else its own.
   */
  public int rateFor(int rate) {
    return IntStream.of(rate, 16_000)
        .filter(this::takes)
        .filter(taken -> taken >= rate)
        .findFirst()
        .orElse(sampleRate);
  }

  /**
   * A new encoder.
   *
   * @param rate of the PCM in Hz, one that {@link #takes}
   */
  public AudioEncoder newEncoder(int rate) {
    return newEncoder(rate, OpusTerms.UNSAID);
  }

  /**
   * A new encoder for a peer.
   *
   * @param rate of the PCM in Hz, one that {@link #takes}
   * @param terms kept where this is Opus
   */
  public AudioEncoder newEncoder(int rate, OpusTerms terms) {
    check(rate);
    return switch (this) {
      case PCMU -> G711.MU_LAW;
      case PCMA -> G711.A_LAW;
      case G722 -> new G722Encoder();
      case OPUS -> Opus.encoder(rate, terms);
    };
  }

  /**
   * A new decoder.
   *
   * @param rate of the PCM in Hz, one that {@link #takes}
   */
  public AudioDecoder newDecoder(int rate) {
    check(rate);
    return switch (this) {
      case PCMU -> G711.MU_LAW.newDecoder();
      case PCMA -> G711.A_LAW.newDecoder();
      case G722 -> new G722Decoder();
      // Its library is silent about music at lower rates.
      case OPUS -> rate == sampleRate ? Opus.decoder(rate) : new ResampledDecoder(this, rate);
    };
  }

  /**
   * A new decoder for sound of any rate in Hz.
   *
   * @return one that may write {@link #roomAt} samples at once
   */
  public AudioDecoder newDecoderTo(int rate) {
    return takes(rate) ? newDecoder(rate) : new ResampledDecoder(this, rate);
  }

  /** Samples at a rate in Hz that the longest packet may become. */
  public static int roomAt(int rate) {
    return rate / 1000 * (MAX_PACKET_MILLIS + 1);
  }

  private void check(int rate) {
    if (!takes(rate)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has no sound of %d Hz", encodingName, rate));
    }
  }
}
