package org.drawbridge.media.net;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.drawbridge.media.dtls.DtlsResult;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.relay.RelayShared;
import org.drawbridge.media.relay.RtpPeer;

/**
 * One end of a link between two sessions of this process: plain RTP whose packets never see a
 * socket. Between media loops they are copied, on one loop they are handed over as they are.
 */
final class LinkTransport extends LoopTransport {

  private final Links links;
  private final LocalMedia local;
  private final RtpPeer peer;

  /**
   * Makes an end.
   *
   * @param local the address in this process, from {@link Links#next}
   */
  LinkTransport(
      MediaLoop loop, RelayShared shared, Links links, LocalMedia local, GuardedListener listener) {
    this(loop, links, local, listener, peer(shared, links, local, loop, listener));
  }

  private LinkTransport(
      MediaLoop loop, Links links, LocalMedia local, GuardedListener listener, RtpPeer peer) {
    super(loop, peer, listener);
    this.links = links;
    this.local = local;
    this.peer = peer;
  }

  private static RtpPeer peer(
      RelayShared shared, Links links, LocalMedia local, MediaLoop loop, GuardedListener listener) {
    return new RtpPeer(
        "link " + local.rtp().getAddress().getHostAddress(),
        new RtpPeer.Wires(
            (buf, off, len, to) -> links.send(loop, local.rtp(), buf, off, len, to),
            (buf, off, len, to) -> links.send(loop, local.rtcp(), buf, off, len, to)),
        null,
        (_, _, _, done) -> done.accept(new DtlsResult.Failed("no DTLS within this process")),
        listener,
        shared);
  }

  /** A packet of the other end; on the sender's loop. */
  void deliver(
      MediaLoop sender, InetSocketAddress from, byte[] buf, int off, int len, boolean rtcp) {
    if (sender == loop()) {
      take(from, buf, off, len, rtcp);
    } else {
      byte[] copy =
          Arrays.copyOf(Arrays.copyOfRange(buf, off, off + len), len + MediaLoop.TAIL_ROOM);
      loop().execute(() -> take(from, copy, 0, len, rtcp));
    }
  }

  private void take(InetSocketAddress from, byte[] buf, int off, int len, boolean rtcp) {
    if (isClosed()) {
      return;
    }
    if (rtcp) {
      peer.onRtcpPort(buf, off, len, from, MediaLoop.now());
    } else {
      peer.onRtpPort(buf, off, len, from, MediaLoop.now());
    }
  }

  @Override
  public LocalMedia local() {
    return local;
  }

  @Override
  void onStart() {
    links.add(this);
  }

  @Override
  void onClose() {
    links.remove(this);
  }
}
