package org.drawbridge.media.audio;

/** Turns the payloads of one stream into PCM. Not thread-safe. */
public interface AudioDecoder {

  /** What {@link #decode} answers for a payload that cannot be decoded. */
  int MALFORMED = -1;

  /**
   * Decodes one payload.
   *
   * @param pcm takes 16-bit linear samples from index 0, at the rate the decoder was made for; room
   *     for {@link AudioCodec#MAX_PACKET_MILLIS}
   * @return samples written, or {@link #MALFORMED}
   */
  int decode(byte[] payload, int off, int len, short[] pcm);

  /**
   * Makes up what a lost packet held, so that the gap is heard as little as may be.
   *
   * @param samples how many are missing; that many are written from index 0
   */
  void conceal(short[] pcm, int samples);

  /**
   * The same where the payload after what was lost is there: it may repeat the end of that (RFC
   * 6716 section 2.1.7). The payload itself is decoded afterwards.
   */
  default void recover(byte[] next, int off, int len, short[] pcm, int samples) {
    conceal(pcm, samples);
  }
}
