package org.drawbridge.media.net;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.relay.IceCredentials;
import org.drawbridge.media.relay.LocalMedia;
import org.drawbridge.media.relay.RemoteMedia;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC peer's transport on its loop's shared port.
 *
 * <p>When the peer restarts ICE (new credentials in {@link #apply}), our answer needs new
 * credentials too (RFC 8839 4.4.1.1.1): {@link #local} gives them as soon as {@link #apply} has
 * returned. Both are called by the signalling loop that owns the transport.
 */
final class WebRtcTransport extends LoopTransport {

  private final SharedPort shared;
  private final SharedPort.Entry entry;
  private final IceSecrets secrets;
  private final List<String> ufrags = new ArrayList<>();
  private @Nullable IceCredentials remoteIce;
  private volatile LocalMedia local;

  WebRtcTransport(
      MediaLoop loop,
      SharedPort shared,
      SharedPort.Entry entry,
      GuardedListener listener,
      IceSecrets secrets,
      LocalMedia local,
      IceCredentials localIce) {
    super(loop, entry.peer(), listener);
    this.shared = shared;
    this.entry = entry;
    this.secrets = secrets;
    this.local = local;
    ufrags.add(localIce.ufrag());
  }

  @Override
  public LocalMedia local() {
    return local;
  }

  @Override
  public void apply(RemoteMedia remote) {
    IceCredentials fresh = remote.ice();
    if (fresh != null) {
      if (remoteIce != null && !remoteIce.equals(fresh)) {
        restartIce();
      }
      remoteIce = fresh;
    }
    super.apply(remote);
  }

  private void restartIce() {
    IceCredentials renewed = secrets.next();
    if (!shared.add(renewed.ufrag(), entry)) {
      // A full table; the old credentials go on working for a peer that keeps its path.
      return;
    }
    ufrags.add(renewed.ufrag());
    // The credentials before the last ones can no longer be in use.
    if (ufrags.size() > 2) {
      shared.remove(ufrags.removeFirst());
    }
    LocalMedia before = local;
    local = new LocalMedia(before.rtp(), before.rtcp(), before.candidates(), renewed);
    loop().execute(() -> entry.peer().restartIce(renewed, MediaLoop.now()));
  }

  @Override
  public void close() {
    ufrags.forEach(shared::remove);
    super.close();
  }

  @Override
  void onStart() {}

  @Override
  void onClose() {
    shared.forget(entry);
    entry.peer().close();
  }

  /** What descriptions say of a transport on these candidates. */
  static LocalMedia describe(List<InetSocketAddress> candidates, IceCredentials ice) {
    InetSocketAddress first = candidates.getFirst();
    return new LocalMedia(first, first, candidates, ice);
  }
}
