package org.drawbridge.media.audio;

/** Turns the PCM of one stream into payloads. Not thread-safe. */
public interface AudioEncoder {

  /**
   * Encodes one packet's worth of samples.
   *
   * @param pcm 16-bit linear samples, at the rate the encoder was made for
   * @param samples how many, at most what {@link AudioCodec#MAX_PACKET_MILLIS} holds
   * @param out takes the payload from an offset; {@link AudioCodec#MAX_PAYLOAD} bytes are enough
   * @return bytes written
   */
  int encode(short[] pcm, int off, int samples, byte[] out, int outOff);

  /**
   * Says how many packets in a hundred get lost, 0 to begin with. Where some do, a codec that can
   * repeats what a packet held in the next (RFC 6716 section 2.1.7).
   */
  default void expectLoss(int percent) {}
}
