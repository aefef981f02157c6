package org.drawbridge.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.relay.BundledStream;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC peer's transport.
 *
 * <p>When the peer restarts ICE (new credentials in {@link #apply}), our answer needs new
 * credentials too (RFC 8839 4.4.1.1.1): {@link #local} gives them as soon as {@link #apply} has
 * returned. Until the peer uses them the old ones work on. Both are called by the signalling loop
 * that owns the transport.
 */
final class WebRtcTransport extends LoopTransport {

  private final IcePlace place;
  private final IceSecrets secrets;
  private @Nullable IceCredentials remoteIce;
  private final Function<InetAddress, LocalMedia> addresses;
  private volatile LocalMedia local;

  /**
   * Makes the transport.
   *
   * @param addresses what a peer is told by where it is, whatever its credentials
   */
  WebRtcTransport(
      MediaLoop loop,
      IcePlace place,
      GuardedListener listener,
      IceSecrets secrets,
      InetAddress from,
      Function<InetAddress, LocalMedia> addresses) {
    super(loop, place.end(), listener);
    this.place = place;
    this.secrets = secrets;
    this.addresses = addresses;
    local = addresses.apply(from);
  }

  @Override
  public LocalMedia local() {
    return local;
  }

  @Override
  public void moved(InetAddress from) {
    LocalMedia there = addresses.apply(from);
    local =
        new LocalMedia(there.rtp(), there.rtcp(), there.candidates(), there.streams(), local.ice());
    loop().execute(() -> place.moved(from));
  }

  @Override
  public void known(MediaPeer known) {
    loop().execute(() -> place.known(known));
  }

  @Override
  public void apply(RemoteMedia remote) {
    IceCredentials fresh = remote.ice();
    if (fresh != null) {
      if (remoteIce != null && !remoteIce.equals(fresh) && !isAnswer(remote)) {
        restartIce();
      }
      remoteIce = fresh;
    }
    super.apply(remote);
  }

  /** Who answers in another name, as another fork of a call does, goes on with ours. */
  private static boolean isAnswer(RemoteMedia remote) {
    IceTargets targets = remote.targets();
    return targets != null && targets.answer();
  }

  private void restartIce() {
    IceCredentials renewed = secrets.next();
    LocalMedia before = local;
    local =
        new LocalMedia(before.rtp(), before.rtcp(), before.candidates(), before.streams(), renewed);
    loop()
        .execute(
            () -> {
              if (!isClosed()) {
                place.peer().restartIce(renewed, MediaLoop.now());
                place.renamed();
              }
            });
  }

  @Override
  public RelayTransport bundled(RelayListener streamListener) {
    GuardedListener guarded = new GuardedListener(streamListener);
    BundledStream stream = place.peer().newStream(guarded);
    BundledTransport bundled = new BundledTransport(loop(), stream, guarded, this);
    bundled.start();
    return bundled;
  }

  @Override
  void onStart() {
    place.enter();
  }

  @Override
  void onClose() {
    place.leave();
    place.peer().close();
  }

  /** What descriptions say of a transport on these candidates, of TCP too if so. */
  static LocalMedia describe(List<InetSocketAddress> candidates, boolean tcp, IceCredentials ice) {
    InetSocketAddress first = candidates.getFirst();
    return new LocalMedia(first, first, candidates, tcp ? candidates : List.of(), ice);
  }
}
