package org.drawbridge.media.relay;

/** How a peer takes the keys that are pressed on the other side. */
public sealed interface KeyForm {

  /**
   * As telephone-events (RFC 4733).
   *
   * @param payloadType under which
   * @param clockRate in Hz
   */
  record Events(int payloadType, int clockRate) implements KeyForm {}

  /** In signalling: media only tells of them. */
  record Signalled() implements KeyForm {}
}
