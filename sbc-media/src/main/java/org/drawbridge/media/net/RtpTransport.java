package org.drawbridge.media.net;

import org.drawbridge.media.relay.LocalMedia;
import org.drawbridge.media.relay.RtpPeer;

/** A plain or SDES peer's transport with its own pair of ports. */
final class RtpTransport extends LoopTransport {

  private final RtpPair ports;
  private final RtpPeer peer;
  private final LocalMedia local;
  private final Runnable release;

  /**
   * Makes the transport.
   *
   * @param release gives the ports back to their pool
   */
  RtpTransport(
      MediaLoop loop,
      RtpPair ports,
      RtpPeer peer,
      GuardedListener listener,
      LocalMedia local,
      Runnable release) {
    super(loop, peer, listener);
    this.ports = ports;
    this.peer = peer;
    this.local = local;
    this.release = release;
  }

  @Override
  public LocalMedia local() {
    return local;
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
