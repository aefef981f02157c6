package org.drawbridge.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.api.MediaCounters;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.relay.CheckedPeer;
import org.drawbridge.media.relay.PacketKind;
import org.drawbridge.media.relay.RelayEnd;
import org.drawbridge.media.relay.WebRtcPeer;
import org.drawbridge.media.stun.StunView;
import org.drawbridge.media.stun.StunWriter;

/**
 * The UDP port of one WebRTC peer that we check. It shares none with others: such a peer is a
 * server, which may have one port for all its calls, and on a shared one of ours both ends would be
 * the same for every call.
 */
final class OwnPort implements DatagramHandler, IcePlace {

  private final MediaLoop loop;
  private final UdpPort port;
  private final CheckedPeer peer;
  private final MediaCounters counters;
  private final Runnable release;
  private final StunView stun = new StunView();
  private final StunWriter reply = new StunWriter();

  /**
   * A port whose socket is bound.
   *
   * @param release gives the port back to its pool
   */
  OwnPort(
      MediaLoop loop, UdpPort port, CheckedPeer peer, MediaCounters counters, Runnable release) {
    this.loop = loop;
    this.port = port;
    this.peer = peer;
    this.counters = counters;
    this.release = release;
  }

  @Override
  public WebRtcPeer peer() {
    return peer.inner();
  }

  @Override
  public RelayEnd end() {
    return peer;
  }

  @Override
  public void enter() {
    loop.read(port, this);
  }

  @Override
  public void renamed() {
    // Nobody else is here.
  }

  @Override
  public void known(MediaPeer known) {
    peer.known(known);
  }

  @Override
  public void moved(InetAddress from) {
    peer.moved(from);
  }

  @Override
  public void leave() {
    port.close();
    release.run();
  }

  @Override
  public void onDatagram(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    switch (PacketKind.of(buf[off])) {
      case STUN -> {
        if (stun.wrap(buf, off, len)) {
          peer.onStun(stun, from, nowNanos, reply);
        }
      }
      case DTLS -> peer.inner().onDtls(buf, off, len, from, nowNanos);
      case MEDIA -> peer.inner().onMedia(buf, off, len, from, nowNanos);
      case ZRTP, OTHER -> counters.count(Kind.REFUSED_FORM);
    }
  }
}
