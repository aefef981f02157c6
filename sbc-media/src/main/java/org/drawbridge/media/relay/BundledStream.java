package org.drawbridge.media.relay;

import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.jspecify.annotations.Nullable;

/**
 * A further {@code m=} line on a WebRTC peer's transport (RFC 9143): it has streams, counters and a
 * partner of its own, and the path of the peer. Owned by a media loop.
 */
public final class BundledStream implements RelayEnd {

  private final WebRtcPeer peer;
  private final LegIdentity identity;
  private final RelayLeg leg;
  private @Nullable StreamShape shape;

  BundledStream(WebRtcPeer peer, RelayListener listener, LegIdentity identity) {
    this.peer = peer;
    this.identity = identity;
    leg = new RelayLeg(peer, listener, new LegCounters(), identity);
  }

  /** Takes the directions; the path is described to the peer itself. */
  @Override
  public void apply(RemoteMedia remote, long nowNanos) {
    boolean awaited = peer.isAwaited();
    leg.onDescription(remote, nowNanos);
    peer.awaitAgain(awaited, nowNanos);
  }

  @Override
  public void shape(StreamShape described) {
    shape = described;
    leg.shape(described);
    peer.bundle(leg, described);
  }

  /** Leaves the peer's transport. */
  public void close() {
    if (shape != null) {
      peer.unbundle(leg);
    }
  }

  @Override
  public void onTick(long nowNanos) {
    leg.onTick(nowNanos);
  }

  @Override
  public StreamIds ids() {
    return identity.ids();
  }

  @Override
  public RelayLeg leg() {
    return leg;
  }
}
