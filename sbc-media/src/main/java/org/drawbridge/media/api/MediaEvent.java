package org.drawbridge.media.api;

import org.jspecify.annotations.Nullable;

/** What a signalling loop hears from media. */
public sealed interface MediaEvent {

  /** The leg it happened to. */
  MediaLeg leg();

  /** The first media of the peer was accepted (after ICE and DTLS where the leg has them). */
  record Started(MediaLeg leg) implements MediaEvent {}

  /** The leg's transport cannot work: wrong fingerprint, failed handshake, consent lost. */
  record Failed(MediaLeg leg, String reason) implements MediaEvent {}

  /**
   * ICE has not found the peer for {@value #FIRST_CHECK_SECONDS} s since we described ourselves to
   * it; told again after as long. It may not have taken an early answer: SIP.js takes none that is
   * not reliable.
   *
   * @param missing what has not come, such as an ICE check from the peer
   */
  record Unreached(MediaLeg leg, String missing) implements MediaEvent {}

  /** How long a peer may take to send its first ICE check, in seconds. */
  int FIRST_CHECK_SECONDS = 30;

  /**
   * What was played to a leg is over.
   *
   * @param problem why nothing or not all of it was heard, null when all was
   */
  record Played(MediaLeg leg, @Nullable String problem) implements MediaEvent {}

  /** Nothing has arrived for the configured time although the peer is expected to send. */
  record Silent(MediaLeg leg, long silentMillis) implements MediaEvent {}

  /**
   * The peer is to be asked in signalling for a whole picture, since it knows no feedback that does
   * (RFC 5168).
   */
  record PictureWanted(MediaLeg leg) implements MediaEvent {}

  /**
   * The peer has pressed a key, which the leg it is bridged with takes in signalling.
   *
   * @param key 0 to 9, *, #, A to D, or ! for hook flash
   * @param millis how long it was down
   */
  record Key(MediaLeg leg, char key, int millis) implements MediaEvent {}
}
