package org.drawbridge.media.plane;

import java.net.InetAddress;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Makes transports and joins them. Thread-safe; every method returns at once. */
public interface MediaPlane extends AutoCloseable {

  /**
   * Takes an RTP and RTCP port pair for a plain or SDES peer.
   *
   * @param affinity transports with the same affinity (a call) share a media loop
   * @param peer where the peer's signalling comes from, to pick the local address
   */
  RelayTransport openRtp(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException;

  /**
   * Makes a DTLS-SRTP transport on a port of its own, on which we are a full ICE agent: it checks
   * the {@link RemoteMedia#targets} of the peer.
   */
  default RelayTransport openChecked(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    throw new UnsupportedOperationException("this plane sends no checks");
  }

  /** Makes an ICE-lite, DTLS-SRTP transport on the loop's shared port. */
  RelayTransport openWebRtc(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException;

  /**
   * Makes one end of a link inside this process, which carries plain RTP to the end that its
   * description names; for joining two calls whose media may live on different loops. It needs no
   * port.
   */
  RelayTransport openLink(long affinity, RelayListener listener) throws MediaUnavailableException;

  /**
   * Carries packets from each to the other; replaces what either was joined to. Both must share an
   * affinity.
   *
   * @param aToB payload types of packets from a toward b
   * @param bToA payload types of packets from b toward a
   */
  void join(RelayTransport a, RelayTransport b, PayloadMap aToB, PayloadMap bToA);

  /** Sends a transport its own packets back. */
  void loopBack(RelayTransport transport);

  /**
   * As {@link #loopBack(RelayTransport)}, passing only the payload types of a map and using its
   * clock rates.
   */
  default void loopBack(RelayTransport transport, PayloadMap types) {
    loopBack(transport);
  }

  /** Plays to a transport's peer instead of what it is joined to; replaces what is played. */
  default void play(RelayTransport transport, Playback playback) {
    throw new UnsupportedOperationException("this plane plays nothing");
  }

  /** Says who sees the packets of a transport's peer; null for nobody. */
  default void tap(RelayTransport transport, @Nullable Tap tap) {}

  /** Stops what is played to a transport's peer. */
  default void quiet(RelayTransport transport) {}

  /** Stops carrying packets of a transport to whatever it is joined to; keeps it open. */
  void part(RelayTransport transport);

  /** The fingerprint of the process's DTLS certificate. */
  Fingerprint dtlsFingerprint();

  /** What it counts beside the legs. */
  MediaCounters counters();

  @Override
  void close();
}
