package org.drawbridge.media.net;

import java.net.InetAddress;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.relay.RelayEnd;
import org.drawbridge.media.relay.WebRtcPeer;

/** Where datagrams of a WebRTC peer arrive. Used on its loop. */
interface IcePlace {

  /** The path to the peer. */
  WebRtcPeer peer();

  /** What the loop drives. */
  RelayEnd end();

  /** Begins to receive. */
  void enter();

  /** The fragments by which we may be named have changed. */
  void renamed();

  /** What is known of the peer. */
  default void known(MediaPeer peer) {}

  /** The peer's signalling comes from there now. */
  void moved(InetAddress from);

  /** Receives no more. */
  void leave();
}
