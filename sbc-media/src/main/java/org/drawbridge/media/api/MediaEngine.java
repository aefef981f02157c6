package org.drawbridge.media.api;

import java.util.concurrent.Executor;

/**
 * Makes and owns the media of calls. Thread-safe; each {@link MediaSession} belongs to the
 * signalling loop that opened it.
 */
public interface MediaEngine extends AutoCloseable {

  /**
   * How the writer of a description carries media: what kind of leg an offerer needs. Any thread.
   * {@link LegKind#RTP} when it has no audio or cannot be read; {@link MediaLeg#receiveOffer} then
   * says what is wrong.
   */
  LegKind kindOf(String sdp);

  /**
   * A description with the media of another, all of it turned off (RFC 3264 section 6), and nothing
   * else of its writer: no address, key or name. An answer to it that takes nothing; in place of it
   * an offer of nothing. Any thread; of what cannot be read it makes one audio that is off.
   */
  String turnedOff(String sdp);

  /** Whether a description turns all its media off (RFC 3264 section 6). Any thread. */
  boolean isTurnedOff(String sdp);

  /**
   * Opens the media of one call. No port is taken before the first leg is made.
   *
   * @param label what logs call this session, usually the Call-ID of the first leg
   * @param loop the caller's signalling loop; events are delivered on it
   * @param listener told of what happens to the legs
   */
  MediaSession open(String label, Executor loop, MediaListener listener);

  /**
   * Opens a call whose peers send media straight to each other: their descriptions are handed
   * across and nothing is relayed, so no event ever comes. Only legs of one kind can be joined, and
   * each offer of ours needs another leg's as its source.
   */
  MediaSession openDirect();

  /** Releases every session, port and thread. */
  @Override
  void close();
}
