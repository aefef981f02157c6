package org.drawbridge.media.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.relay.RtpPeer;
import org.jspecify.annotations.Nullable;

/** A plain or SDES peer's transport with its own pair of ports. */
final class RtpTransport extends LoopTransport {

  private final RtpPair ports;
  private final RtpPeer peer;
  private final Function<InetAddress, LocalMedia> addresses;
  private final Runnable release;
  private volatile LocalMedia local;

  /** Where the peer said last that its media goes; null before it has. */
  private volatile @Nullable InetSocketAddress described;

  /**
   * Makes the transport.
   *
   * @param addresses what a peer is told by where it is
   * @param release gives the ports back to their pool
   */
  RtpTransport(
      MediaLoop loop,
      RtpPair ports,
      RtpPeer peer,
      GuardedListener listener,
      InetAddress from,
      Function<InetAddress, LocalMedia> addresses,
      Runnable release) {
    super(loop, peer, listener);
    this.ports = ports;
    this.peer = peer;
    this.addresses = addresses;
    local = addresses.apply(from);
    this.release = release;
  }

  @Override
  public LocalMedia local() {
    return local;
  }

  @Override
  public void moved(InetAddress from) {
    local = inItsFamily(addresses.apply(from));
    loop().execute(() -> peer.moved(from));
  }

  @Override
  public void apply(RemoteMedia remote) {
    described = remote.rtp() == null ? described : remote.rtp();
    local = inItsFamily(local);
    super.apply(remote);
  }

  /**
   * An answer has the family of addresses that its offer has (RFC 6157): phones of both families
   * may signal in one and describe the other, and take no answer in the one they signal in.
   */
  private LocalMedia inItsFamily(LocalMedia usual) {
    InetSocketAddress theirs = described;
    if (theirs == null || isAlike(theirs, usual.rtp())) {
      return usual;
    }
    LocalMedia other = addresses.apply(theirs.getAddress());
    return isAlike(theirs, other.rtp()) ? other : usual;
  }

  private static boolean isAlike(InetSocketAddress one, InetSocketAddress other) {
    return one.getAddress() instanceof Inet4Address == other.getAddress() instanceof Inet4Address;
  }

  @Override
  public void known(MediaPeer known) {
    if (known != MediaPeer.ANYBODY) {
      loop().execute(() -> peer.known(known));
    }
  }

  @Override
  public void owesSign(boolean owes) {
    loop().execute(() -> peer.owesSign(owes));
  }

  @Override
  void onStart() {
    loop().read(ports.rtp(), peer::onRtpPort);
    loop().read(ports.rtcp(), peer::onRtcpPort);
  }

  @Override
  void onClose() {
    peer.close();
    ports.close();
    release.run();
  }

  /**
   * Two bound sockets on neighbouring ports.
   *
   * @param rtp on the even port
   * @param rtcp on the odd port after it
   */
  record RtpPair(UdpPort rtp, UdpPort rtcp) implements AutoCloseable {
    @Override
    public void close() {
      rtp.close();
      rtcp.close();
    }
  }
}
