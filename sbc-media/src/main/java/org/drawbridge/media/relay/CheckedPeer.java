package org.drawbridge.media.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.ice.IceChecker;
import org.drawbridge.media.ice.IceChecker.Result;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.stun.Stun;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC peer toward which we are a full ICE agent: we check it as it checks us (RFC 8445), and
 * ask for its consent (RFC 7675). Owned by a media loop.
 */
public final class CheckedPeer implements RelayEnd {

  private final WebRtcPeer peer;
  private final Wire wire;
  private final IceChecker checker;
  private final StunWriter request = new StunWriter();
  private InetAddress host;
  private MediaPeer known = MediaPeer.ANYBODY;
  private @Nullable IceCredentials remote;
  private @Nullable IceTargets targets;

  /**
   * Makes a peer one that is checked.
   *
   * @param wire the peer's
   * @param host where its signalling comes from
   * @param random a secure source
   */
  public CheckedPeer(WebRtcPeer peer, Wire wire, InetAddress host, RandomGenerator random) {
    this.peer = peer;
    this.wire = wire;
    this.host = host;
    checker = new IceChecker(random);
    peer.ice().beside(checker);
    peer.bound();
  }

  /** The path to the peer, which takes its DTLS and media. */
  public WebRtcPeer inner() {
    return peer;
  }

  /** What is known of the peer. */
  public void known(MediaPeer peer) {
    known = peer;
  }

  /** Its signalling comes from there now. */
  public void moved(InetAddress from) {
    host = from;
  }

  /** Where a description names a host of ours no check is sent (see {@link Reach}). */
  @Override
  public void apply(RemoteMedia described, long nowNanos) {
    peer.apply(described, nowNanos);
    IceCredentials credentials = described.ice();
    IceTargets all = described.targets();
    if (credentials == null || all == null) {
      return;
    }
    IceTargets named = all.where(target -> Reach.allows(known, host, target.getAddress()));
    boolean others = !checker.isSettled() && !named.equals(targets);
    if (!credentials.equals(remote) || others) {
      remote = credentials;
      targets = named;
      String username = credentials.ufrag() + ':' + peer.localUfrags().getLast();
      checker.begin(username, credentials.password(), named, nowNanos);
    }
    check(nowNanos);
  }

  private void check(long nowNanos) {
    InetSocketAddress to = checker.next(nowNanos, request);
    if (to != null) {
      wire.send(request.buffer(), 0, request.length(), to);
    }
  }

  /**
   * Takes a STUN message that has come for this peer.
   *
   * @param reply scratch for an answer
   */
  public void onStun(StunView message, InetSocketAddress from, long nowNanos, StunWriter reply) {
    if (message.type() == Stun.BINDING_REQUEST) {
      if (isForUs(message.username())) {
        peer.onStun(message, from, nowNanos, reply);
      }
    } else {
      Result result = checker.onResponse(message, from, nowNanos);
      if (result != Result.NONE) {
        peer.confirmed(from, result == Result.NOMINATED, nowNanos);
      }
    }
    check(nowNanos);
  }

  /** Nothing is said to those who do not know our fragment. */
  private boolean isForUs(@Nullable String username) {
    int colon = username == null ? -1 : username.indexOf(':');
    return username != null
        && colon > 0
        && peer.localUfrags().contains(username.substring(0, colon));
  }

  @Override
  public void onTick(long nowNanos) {
    check(nowNanos);
    peer.onTick(nowNanos);
  }

  @Override
  public void shape(StreamShape described) {
    peer.shape(described);
  }

  @Override
  public StreamIds ids() {
    return peer.ids();
  }

  @Override
  public RelayLeg leg() {
    return peer.leg();
  }
}
