package org.drawbridge.media.relay;

import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.plane.PathReport;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.plane.Tap;
import org.jspecify.annotations.Nullable;

/**
 * A transport's core as its media loop drives it: descriptions and time in, packets by its kind.
 */
public sealed interface RelayEnd permits RtpPeer, WebRtcPeer, CheckedPeer, BundledStream {

  /** Takes the peer's latest description. */
  void apply(RemoteMedia remote, long nowNanos);

  /** Takes what the peer's packets look like from its latest description. */
  void shape(StreamShape shape);

  /** What marks our packets; never changes, so any thread may ask. */
  StreamIds ids();

  /** Runs timers; called a few times a second. */
  void onTick(long nowNanos);

  /** The end that is joined. */
  RelayLeg leg();

  /** Carries packets between two ends, or one and itself. */
  static void join(RelayEnd a, RelayEnd b, PayloadMap aToB, PayloadMap bToA) {
    RelayLeg.join(a.leg(), b.leg(), aToB, bToA);
  }

  /** Begins to play to the peer. */
  default void play(Playback playback, int ssrc) {
    leg().play(new Player(playback, leg(), ssrc));
  }

  /** Who sees what the peer sends, null for nobody. */
  default void tap(@Nullable Tap tap) {
    leg().tap(tap);
  }

  /** Ends what is played. */
  default void quiet() {
    leg().play(null);
  }

  /** Stops carrying packets between an end and what it is joined to. */
  default void part() {
    leg().part();
  }

  /** Sends the peer a key, see {@link RelayTransport#sendKey}. */
  default void sendKey(int event, int millis, long nowNanos) {
    leg().keys().play(event, millis, nowNanos);
  }

  /** Asks the peer for a whole picture. */
  default void askForPicture() {
    leg().askForPicture();
  }

  /** What is known of the path; any thread may ask. */
  default PathReport path() {
    return leg().path();
  }

  /** Counters; any thread may ask. */
  default LegStats stats() {
    return leg().stats();
  }
}
