package org.drawbridge.media.api;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * The media of one call: legs and how they are bridged. Not thread-safe: only the signalling loop
 * that opened it calls it. Everything here returns at once; packets move on media loops.
 */
public interface MediaSession {

  /**
   * Makes a leg and takes its local ports, which stay the same until the leg is released.
   *
   * @param label what logs call the leg, such as {@code caller} or {@code callee-2}
   * @param kind how the peer carries media
   * @param known what is known of the peer
   * @param peer the address the peer's signalling comes from; picks the local address when none is
   *     configured
   * @throws MediaUnavailableException when no port, address or memory is left; nothing was taken
   */
  MediaLeg newLeg(String label, LegKind kind, MediaPeer known, InetAddress peer)
      throws MediaUnavailableException;

  /** As above for a peer that nothing is known of. */
  default MediaLeg newLeg(String label, LegKind kind, InetAddress peer)
      throws MediaUnavailableException {
    return newLeg(label, kind, MediaPeer.ANYBODY, peer);
  }

  /**
   * Carries media between two negotiated legs in both directions. Replaces whatever either was
   * joined to; calling it again after a renegotiation updates payload types and directions in
   * place.
   */
  void bridge(MediaLeg a, MediaLeg b);

  /** Sends a negotiated leg its own media back. */
  void echo(MediaLeg leg);

  /**
   * Plays to a negotiated leg, instead of what it would hear otherwise; replaces what is played. It
   * begins when the leg's transport is ready. A {@link MediaEvent.Played} follows, unless it is
   * stopped or replaced.
   */
  void play(MediaLeg leg, Prompt prompt);

  /**
   * Records what two negotiated legs say from now on, unless the session is recorded already: a WAV
   * file of two channels, written in the background. Whoever takes the place of a leg is recorded
   * in its channel.
   *
   * @param left usually the caller
   * @param directory made when it is not there
   * @param name part of the file's name; it may come from outside
   * @return whether it is recorded; not where media does not pass here, or too much is recorded
   */
  boolean record(MediaLeg left, MediaLeg right, Path directory, String name);

  /** Whether it is recorded; no longer once the disk has taken no more. */
  boolean isRecorded();

  /** Ends the recording; false if there was none. */
  boolean stopRecording();

  /** Stops what is played to a leg: it hears again what it is joined to. */
  void quiet(MediaLeg leg);

  /**
   * Releases one leg, such as that of a fork that lost. Its ports rest before they are used again.
   */
  void release(MediaLeg leg);

  /** Releases all legs. No event follows. */
  void close();
}
