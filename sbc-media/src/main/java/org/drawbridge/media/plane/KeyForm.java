package org.drawbridge.media.plane;

import org.drawbridge.media.audio.AudioCodec;

/** How a peer takes the keys that are pressed on the other side. */
public sealed interface KeyForm {

  /**
   * As telephone-events (RFC 4733).
   *
   * @param payloadType under which
   * @param clockRate in Hz
   */
  record Events(int payloadType, int clockRate) implements KeyForm {}

  /**
   * As tone pairs in the audio.
   *
   * @param payloadType of that audio
   */
  record Tones(int payloadType, AudioCodec codec) implements KeyForm {}

  /** In signalling: media only tells of them. */
  record Signalled() implements KeyForm {}
}
