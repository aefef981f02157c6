package org.drawbridge.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.api.LegStats;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.Tap;
import org.jspecify.annotations.Nullable;

/** A media plane without packets: counts what is open and remembers what was joined. */
public final class LabPlane implements MediaPlane {

  /** What was joined last. */
  public record Joined(RelayTransport a, RelayTransport b) {}

  private final List<Port> open = new ArrayList<>();
  private final List<Joined> joins = new ArrayList<>();
  private final List<Playback> played = new ArrayList<>();
  private int quieted;
  private int taps;
  private int ports;
  private int echoes;
  private boolean exhausted;

  @Override
  public RelayTransport openRtp(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    int port = 20_000 + 2 * ports++;
    return open(toward(peer, port), listener);
  }

  @Override
  public RelayTransport openWebRtc(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    InetSocketAddress shared = socket(3478);
    IceCredentials ice = new IceCredentials("frag" + ports++, "a-password-of-24-letters");
    return open(new LocalMedia(shared, shared, List.of(shared), ice), listener);
  }

  @Override
  public RelayTransport openChecked(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    InetSocketAddress own = socket(20_000 + 2 * ports++);
    IceCredentials ice = new IceCredentials("own" + ports, "a-password-of-24-letters");
    return open(new LocalMedia(own, own, List.of(own), ice), listener);
  }

  @Override
  public RelayTransport openLink(long affinity, RelayListener listener)
      throws MediaUnavailableException {
    int port = 20_000 + 2 * ports++;
    return open(new LocalMedia(socket(port), socket(port + 1), List.of(), null), listener);
  }

  private RelayTransport open(LocalMedia local, RelayListener listener)
      throws MediaUnavailableException {
    if (exhausted) {
      throw new MediaUnavailableException("no port left");
    }
    Port port = new Port(local, listener);
    open.add(port);
    return port;
  }

  private static InetSocketAddress socket(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), port);
  }

  /** Who is on a private network reaches us at an address there. */
  private static LocalMedia toward(InetAddress peer, int port) {
    InetAddress ours =
        InetAddress.ofLiteral(peer.isSiteLocalAddress() ? "10.0.0.1" : "198.51.100.1");
    return new LocalMedia(
        new InetSocketAddress(ours, port), new InetSocketAddress(ours, port + 1), List.of(), null);
  }

  @Override
  public void join(RelayTransport a, RelayTransport b, PayloadMap aToB, PayloadMap bToA) {
    joins.add(new Joined(a, b));
  }

  @Override
  public void loopBack(RelayTransport transport) {
    echoes++;
  }

  @Override
  public void loopBack(RelayTransport transport, PayloadMap types) {
    echoes++;
  }

  @Override
  public void play(RelayTransport transport, Playback playback) {
    played.add(playback);
  }

  @Override
  public void quiet(RelayTransport transport) {
    quieted++;
  }

  @Override
  public void tap(RelayTransport transport, @Nullable Tap tap) {
    if (tap != null) {
      taps++;
    }
  }

  /** How often a transport was to be listened to. */
  public int taps() {
    return taps;
  }

  /** All that was to be played so far. */
  public List<Playback> played() {
    return played;
  }

  /** How often what was played was stopped. */
  public int quieted() {
    return quieted;
  }

  @Override
  public void part(RelayTransport transport) {}

  @Override
  public MediaCounters counters() {
    return new MediaCounters();
  }

  @Override
  public Fingerprint dtlsFingerprint() {
    return new Fingerprint("sha-256", "AB:".repeat(31) + "CD");
  }

  @Override
  public void close() {}

  /** Transports not closed yet, in the order they were opened. */
  public List<Port> open() {
    return open;
  }

  /** Every join so far. */
  public List<Joined> joins() {
    return joins;
  }

  /** How often a transport was told to echo. */
  public int echoes() {
    return echoes;
  }

  /** From now on no port can be had. */
  public void exhaust() {
    exhausted = true;
  }

  /** One transport. */
  public final class Port implements RelayTransport {

    private LocalMedia local;
    private final RelayListener listener;
    private final List<String> keys = new ArrayList<>();
    private long heard;
    private int applied;
    private int pictures;
    private boolean asymmetric;
    private boolean owesSign;

    Port(LocalMedia local, RelayListener listener) {
      this.local = local;
      this.listener = listener;
    }

    /** Who is to hear of what happens here. */
    public RelayListener listener() {
      return listener;
    }

    /** Packets have come. */
    public void hear() {
      heard++;
    }

    @Override
    public LocalMedia local() {
      return local;
    }

    @Override
    public void moved(InetAddress peer) {
      if (local.ice() == null) {
        local = toward(peer, local.rtp().getPort());
      }
    }

    @Override
    public void apply(RemoteMedia remote) {
      applied++;
    }

    @Override
    public void known(MediaPeer peer) {
      asymmetric = peer == MediaPeer.ASYMMETRIC_SERVER;
    }

    /** Whether media is to be sent where its peer's descriptions say. */
    public boolean isAsymmetric() {
      return asymmetric;
    }

    @Override
    public void owesSign(boolean owes) {
      owesSign = owes;
    }

    /** Whether its peer has yet to show that it is there. */
    public boolean owesSign() {
      return owesSign;
    }

    /** How often its peer was described. */
    public int applied() {
      return applied;
    }

    @Override
    public void sendKey(int event, int millis) {
      keys.add(event + " for " + millis + " ms");
    }

    @Override
    public void askForPicture() {
      pictures++;
    }

    /** How often its peer was to be asked for a whole picture. */
    public int pictures() {
      return pictures;
    }

    /** The keys it was told to send. */
    public List<String> keys() {
      return keys;
    }

    @Override
    public StreamIds ids() {
      return new StreamIds(1001, 1002, "lab");
    }

    @Override
    public RelayTransport bundled(RelayListener listener) {
      return new Port(local, listener);
    }

    @Override
    public LegStats stats() {
      return new LegStats(heard, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }
}
