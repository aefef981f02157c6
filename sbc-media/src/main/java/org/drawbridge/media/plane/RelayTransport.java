package org.drawbridge.media.plane;

import java.net.InetAddress;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaPeer;

/**
 * One peer's media transport. Methods may be called from the owning signalling loop; they post to
 * the media loop.
 */
public interface RelayTransport {

  /**
   * What to write into a description for the peer. Ports never change; addresses do by {@link
   * #moved}, and by {@link #apply} of a peer that describes the other family; ICE credentials when
   * {@link #apply} brings an ICE restart of the peer.
   */
  LocalMedia local();

  /**
   * The peer has gone to another network: {@link #local} has those of our addresses that it reaches
   * from there.
   *
   * @param peer where its signalling comes from now
   */
  default void moved(InetAddress peer) {}

  /** What is known of the peer; nothing until this is called, before {@link #apply}. */
  default void known(MediaPeer peer) {}

  /**
   * Whether the peer owes a sign that it is there, see {@link
   * org.drawbridge.media.api.MediaLeg#owesSign}. It owes none until this is called.
   */
  default void owesSign(boolean owes) {}

  /**
   * Says where the peer is and how it may send, from its latest description. Re-arms source
   * learning, and where ICE credentials or the fingerprint changed, ICE and DTLS.
   */
  void apply(RemoteMedia remote);

  /**
   * Sends the peer a key in the form it takes in its media, after those sent before; nothing where
   * it takes none there.
   *
   * @param event its event code (RFC 4733 3.2)
   * @param millis how long it is down
   */
  default void sendKey(int event, int millis) {}

  /** Asks the peer for a whole picture, where it shows any. */
  default void askForPicture() {}

  /**
   * Says what the peer's packets look like, which only streams that share a transport or carry
   * video need. Called before {@link #apply} of the same description.
   */
  default void shape(StreamShape shape) {}

  /** What marks the packets the peer gets; never changes. */
  StreamIds ids();

  /**
   * Makes a further stream on this transport (RFC 9143), with directions, partner and counters of
   * its own; {@link #local} is this one's. It ends when it or this transport is closed.
   *
   * @throws UnsupportedOperationException where media cannot share a transport
   */
  RelayTransport bundled(RelayListener listener);

  /** Counters, possibly a few packets old. */
  LegStats stats();

  /** What is known of the path to the peer; any thread. */
  default PathReport path() {
    return PathReport.UNKNOWN;
  }

  /** Closes the transport; its ports rest before they are used again. No event follows. */
  void close();
}
