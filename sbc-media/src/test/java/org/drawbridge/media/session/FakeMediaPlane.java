package org.drawbridge.media.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;

/** A plane without packets that remembers what it was told. */
final class FakeMediaPlane implements MediaPlane {

  static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB:".repeat(31) + "CD");

  final List<FakeTransport> opened = new ArrayList<>();
  final List<Join> joins = new ArrayList<>();
  final List<Playback> played = new ArrayList<>();
  final List<RelayTransport> loopedBack = new ArrayList<>();
  String address = "192.0.2.1";
  boolean exhausted;
  boolean closed;

  record Join(RelayTransport a, RelayTransport b, PayloadMap aToB, PayloadMap bToA) {}

  @Override
  public RelayTransport openRtp(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    int port = 20_000 + 2 * opened.size();
    return open(
        new LocalMedia(socket(port), socket(port + 1), List.of(), null), affinity, listener);
  }

  @Override
  public RelayTransport openWebRtc(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    InetSocketAddress shared = socket(3478);
    IceCredentials ice = new IceCredentials("loc" + opened.size(), "local-password-of-24-cha");
    return open(new LocalMedia(shared, shared, List.of(shared), ice), affinity, listener);
  }

  @Override
  public RelayTransport openChecked(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    InetSocketAddress own = socket(20_000 + 2 * opened.size());
    IceCredentials ice = new IceCredentials("own" + opened.size(), "local-password-of-24-cha");
    return open(new LocalMedia(own, own, List.of(own), ice), affinity, listener);
  }

  @Override
  public RelayTransport openLink(long affinity, RelayListener listener)
      throws MediaUnavailableException {
    int port = 20_000 + 2 * opened.size();
    return open(
        new LocalMedia(socket(port), socket(port + 1), List.of(), null), affinity, listener);
  }

  private FakeTransport open(LocalMedia local, long affinity, RelayListener listener)
      throws MediaUnavailableException {
    if (exhausted) {
      throw new MediaUnavailableException("no port left");
    }
    FakeTransport transport = new FakeTransport(local, affinity, listener);
    opened.add(transport);
    return transport;
  }

  private InetSocketAddress socket(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  @Override
  public void join(RelayTransport a, RelayTransport b, PayloadMap aToB, PayloadMap bToA) {
    joins.add(new Join(a, b, aToB, bToA));
  }

  @Override
  public void play(RelayTransport transport, Playback playback) {
    played.add(playback);
  }

  @Override
  public void loopBack(RelayTransport transport) {
    loopedBack.add(transport);
  }

  @Override
  public void loopBack(RelayTransport transport, PayloadMap types) {
    loopedBack.add(transport);
  }

  @Override
  public void part(RelayTransport transport) {}

  @Override
  public MediaCounters counters() {
    return new MediaCounters();
  }

  @Override
  public Fingerprint dtlsFingerprint() {
    return FINGERPRINT;
  }

  @Override
  public void close() {
    closed = true;
  }
}
