package org.drawbridge.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.dtls.DtlsCertificate;
import org.drawbridge.media.dtls.DtlsHandshakes;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.net.RtpTransport.RtpPair;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.MediaPlane;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Playback;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.Tap;
import org.drawbridge.media.relay.CheckedPeer;
import org.drawbridge.media.relay.RelayEnd;
import org.drawbridge.media.relay.RelayShared;
import org.drawbridge.media.relay.RtpPeer;
import org.drawbridge.media.relay.WebRtcPeer;
import org.jspecify.annotations.Nullable;

/** The media plane on UDP sockets. */
public final class UdpMediaPlane implements MediaPlane {

  private static final Logger LOG = LogManager.getLogger(UdpMediaPlane.class);
  private static final int HANDSHAKE_MILLIS = 20_000;
  private static final int MAX_HANDSHAKES = 256;

  /** Ports of the pool that another program holds and that are skipped before giving up. */
  private static final int MAX_BIND_ATTEMPTS = 64;

  private final PlaneSettings settings;
  private final MediaSockets sockets;
  private final LocalAddresses addresses;
  private final MediaCounters counters = new MediaCounters();
  private final SecureRandom random = new SecureRandom();
  private final IceSecrets secrets = new IceSecrets(random);
  private final Links links = new Links();
  private final RtpPortPool pool;
  private final Fingerprint fingerprint;
  private final DtlsHandshakes handshakes;
  private final List<Lane> lanes = new ArrayList<>();
  private @Nullable TcpEdge tcp;

  private UdpMediaPlane(PlaneSettings settings, MediaSockets sockets, DtlsCertificate certificate) {
    this.settings = settings;
    this.sockets = sockets;
    addresses = new LocalAddresses(settings);
    pool =
        new RtpPortPool(
            settings.rtpPortMin(),
            settings.rtpPortMax(),
            TimeUnit.MILLISECONDS.toNanos(settings.quarantineMillis()),
            random);
    fingerprint = certificate.fingerprint();
    handshakes = new DtlsHandshakes(certificate, HANDSHAKE_MILLIS, MAX_HANDSHAKES, counters);
  }

  /**
   * Binds the shared ports and starts the loops.
   *
   * @param certificate what browsers are shown
   * @throws MediaUnavailableException when a port cannot be bound; nothing is left open
   */
  public static UdpMediaPlane open(
      PlaneSettings settings, MediaSockets sockets, DtlsCertificate certificate)
      throws MediaUnavailableException {
    UdpMediaPlane plane = new UdpMediaPlane(settings, sockets, certificate);
    int count = settings.loopCount();
    for (int i = 0; i < count; i++) {
      int port = settings.webRtcPort() == 0 ? 0 : settings.webRtcPort() + i;
      try {
        plane.lanes.add(plane.newLane(i, port));
      } catch (IOException e) {
        plane.close();
        throw new MediaUnavailableException(
            "cannot bind UDP port " + port + " for WebRTC media: " + advised(e.getMessage()));
      }
    }
    plane.tcp = plane.openTcp();
    LOG.info(
        "media: {} loop(s) on {}, WebRTC on UDP {}, RTP on {}-{}",
        count,
        sockets,
        plane.lanes.stream().map(lane -> lane.shared.port().port()).toList(),
        settings.rtpPortMin(),
        settings.rtpPortMax());
    return plane;
  }

  /** What failed, and what helps where it is what usually fails. */
  private static String advised(@Nullable String why) {
    String words = String.valueOf(why);
    if (words.contains("already in use")) {
      return words
          + ": end the program that has the port, such as another Drawbridge (ss -lnup names it),"
          + " or take another as media: webrtc-port";
    }
    return words.contains("Cannot assign")
        ? words + ": this machine has no such address as media: bind names"
        : words;
  }

  /** Without TCP browsers lose only what they need where UDP is blocked. */
  private @Nullable TcpEdge openTcp() {
    List<TcpPort> ports = new ArrayList<>();
    for (Lane lane : lanes) {
      int port = lane.shared.port().port();
      try {
        if (!settings.foreignTcpPorts().contains(port)) {
          ports.add(TcpPort.bind(settings.bindAddress(), lane.loop, lane.shared, counters));
        }
      } catch (IOException e) {
        LOG.warn("no ICE-TCP on port {}: {}", port, e.getMessage());
      }
    }
    try {
      return ports.isEmpty() ? null : TcpEdge.start(ports, counters);
    } catch (IOException e) {
      LOG.warn("no ICE-TCP: {}", e.getMessage());
      return null;
    }
  }

  private Lane newLane(int number, int port) throws IOException {
    UdpPort udp = sockets.bind(settings.bindAddress(), port, PortUse.SHARED);
    MediaLoop loop = sockets.newLoop("media-" + number);
    SharedPort shared = new SharedPort(udp, counters);
    loop.start();
    loop.execute(
        () -> {
          loop.read(udp, shared);
          loop.addTimer(shared.wire()::onTick);
        });
    long silenceNanos = TimeUnit.MILLISECONDS.toNanos(settings.silenceMillis());
    long wallClock = WallClock.offset(Instant.now(), MediaLoop.now());
    RelayShared relay = new RelayShared(loop, loop, random, wallClock, silenceNanos, counters);
    return new Lane(loop, shared, relay);
  }

  /** One loop with what its transports share. */
  private record Lane(MediaLoop loop, SharedPort shared, RelayShared relay) {}

  private Lane laneOf(long affinity) {
    return lanes.get(Math.floorMod(Long.hashCode(affinity), lanes.size()));
  }

  @Override
  public RelayTransport openRtp(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    Lane lane = laneOf(affinity);
    RtpPair pair = bind(this::bindPair);
    int port = pair.rtp().port();
    GuardedListener guarded = new GuardedListener(listener);
    RtpPeer core =
        new RtpPeer(
            "RTP port " + port,
            new RtpPeer.Wires(pair.rtp(), pair.rtcp()),
            peer,
            handshakes::start,
            guarded,
            lane.relay);
    RtpTransport transport =
        new RtpTransport(
            lane.loop,
            pair,
            core,
            guarded,
            peer,
            from -> local(from, port),
            () -> pool.release(port, MediaLoop.now()));
    transport.start();
    return transport;
  }

  private LocalMedia local(InetAddress peer, int port) {
    InetAddress address = addresses.toward(peer);
    return new LocalMedia(
        new InetSocketAddress(address, port),
        new InetSocketAddress(address, port + 1),
        List.of(),
        null);
  }

  /** What binds a port of the pool and perhaps the next. */
  private interface Binder<T> {
    T bind(int port) throws IOException;
  }

  private <T> T bind(Binder<T> binder) throws MediaUnavailableException {
    for (int attempt = 0; attempt < MAX_BIND_ATTEMPTS; attempt++) {
      int port = pool.take(MediaLoop.now());
      if (port == RtpPortPool.NONE) {
        break;
      }
      try {
        return binder.bind(port);
      } catch (IOException e) {
        LOG.debug("RTP port {} or the next is not free", port, e);
        pool.release(port, MediaLoop.now());
      }
    }
    throw new MediaUnavailableException(
        "no free RTP port in "
            + settings.rtpPortMin()
            + "-"
            + settings.rtpPortMax()
            + "; widen media.rtp-ports");
  }

  private RtpPair bindPair(int port) throws IOException {
    UdpPort rtp = sockets.bind(settings.bindAddress(), port, PortUse.LEG);
    try {
      return new RtpPair(rtp, sockets.bind(settings.bindAddress(), port + 1, PortUse.CONTROL));
    } catch (IOException e) {
      rtp.close();
      throw e;
    }
  }

  @Override
  public RelayTransport openWebRtc(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    Lane lane = laneOf(affinity);
    SharedPort shared = lane.shared;
    int port = shared.port().port();
    IceCredentials ice = secrets.next();
    GuardedListener guarded = new GuardedListener(listener);
    WebRtcPeer core =
        new WebRtcPeer(
            "WebRTC " + ice.ufrag(), shared.wire(), ice, handshakes::start, guarded, lane.relay);
    SharedPort.Entry entry = shared.add(core);
    if (entry == null) {
      throw new MediaUnavailableException("UDP port " + port + " carries too many WebRTC calls");
    }
    WebRtcTransport transport =
        new WebRtcTransport(
            lane.loop, entry, guarded, secrets, peer, from -> local(from, port, ice));
    transport.start();
    return transport;
  }

  @Override
  public RelayTransport openChecked(long affinity, InetAddress peer, RelayListener listener)
      throws MediaUnavailableException {
    Lane lane = laneOf(affinity);
    UdpPort own = bind(port -> sockets.bind(settings.bindAddress(), port, PortUse.LEG));
    int port = own.port();
    IceCredentials ice = secrets.next();
    GuardedListener guarded = new GuardedListener(listener);
    String name = "WebRTC port " + port;
    WebRtcPeer core = new WebRtcPeer(name, own, ice, handshakes::start, guarded, lane.relay);
    CheckedPeer checked = new CheckedPeer(core, own, peer, random);
    OwnPort place =
        new OwnPort(lane.loop, own, checked, counters, () -> pool.release(port, MediaLoop.now()));
    WebRtcTransport transport =
        new WebRtcTransport(
            lane.loop,
            place,
            guarded,
            secrets,
            peer,
            from -> WebRtcTransport.describe(at(port, from), false, ice));
    transport.start();
    return transport;
  }

  private LocalMedia local(InetAddress peer, int port, IceCredentials ice) {
    return WebRtcTransport.describe(at(port, peer), tcp != null && tcp.serves(port), ice);
  }

  private List<InetSocketAddress> at(int port, InetAddress peer) {
    return addresses.candidates(peer).stream().map(a -> new InetSocketAddress(a, port)).toList();
  }

  @Override
  public RelayTransport openLink(long affinity, RelayListener listener) {
    Lane lane = laneOf(affinity);
    LinkTransport transport =
        new LinkTransport(
            lane.loop, lane.relay, links, links.next(), new GuardedListener(listener));
    transport.start();
    return transport;
  }

  @Override
  public void join(RelayTransport a, RelayTransport b, PayloadMap aToB, PayloadMap bToA) {
    LoopTransport from = own(a);
    LoopTransport to = own(b);
    if (from.loop() != to.loop()) {
      throw new IllegalArgumentException("joined transports must share an affinity");
    }
    from.loop()
        .execute(
            () -> {
              if (!from.isClosed() && !to.isClosed()) {
                RelayEnd.join(from.end(), to.end(), aToB, bToA);
              }
            });
  }

  @Override
  public void loopBack(RelayTransport transport) {
    loopBack(transport, PayloadMap.identity());
  }

  @Override
  public void loopBack(RelayTransport transport, PayloadMap types) {
    join(transport, transport, types, types);
  }

  @Override
  public void play(RelayTransport transport, Playback playback) {
    own(transport).play(playback, random.nextInt());
  }

  @Override
  public void tap(RelayTransport transport, @Nullable Tap tap) {
    LoopTransport own = own(transport);
    own.loop().execute(() -> own.end().tap(tap));
  }

  @Override
  public void quiet(RelayTransport transport) {
    LoopTransport own = own(transport);
    own.loop().execute(own.end()::quiet);
  }

  @Override
  public void part(RelayTransport transport) {
    LoopTransport own = own(transport);
    own.loop().execute(own.end()::part);
  }

  private static LoopTransport own(RelayTransport transport) {
    if (transport instanceof LoopTransport own) {
      return own;
    }
    throw new IllegalArgumentException("a transport of another plane");
  }

  @Override
  public Fingerprint dtlsFingerprint() {
    return fingerprint;
  }

  @Override
  public MediaCounters counters() {
    return counters;
  }

  /** Ends the loops and closes every socket they read. */
  @Override
  public void close() {
    if (tcp != null) {
      tcp.close();
    }
    for (Lane lane : lanes) {
      lane.loop.close();
    }
  }
}
