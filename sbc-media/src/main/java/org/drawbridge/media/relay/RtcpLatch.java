package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the reports of a peer come from and go to that have a port of their own: the host of its
 * RTP, from whichever port, or where its description says. Owned by a media loop.
 */
final class RtcpLatch {

  private final SourceLatch rtp;
  private @Nullable InetSocketAddress signalled;
  private @Nullable InetSocketAddress source;
  private int lastSsrc;
  private long heardNanos;

  /** Beside where RTP comes from. */
  RtcpLatch(SourceLatch rtp) {
    this.rtp = rtp;
  }

  /** A description names this address, or none: what was learned before is forgotten. */
  void arm(@Nullable InetSocketAddress described) {
    signalled = described;
    source = null;
  }

  /** How likely it is that the peer is there, as {@link SourceLatch#likelihood}. */
  int likelihood(InetSocketAddress address) {
    if (address.equals(signalled)) {
      return SourceLatch.SIGNALLED;
    }
    return rtp.isHost(address) || rtp.likelihood(address) > SourceLatch.ANYWHERE
        ? SourceLatch.SIGNALLING_HOST
        : SourceLatch.ANYWHERE;
  }

  /** The peer has shown by its keys that it is there. */
  void prove(InetSocketAddress address) {
    source = address;
  }

  /**
   * Whether reports may come from there. A NAT may move RTCP to another port as it may RTP: whoever
   * reports goes on from there. Who reports of the stream that is heard takes the place of a
   * neighbour behind the same NAT who does not know it.
   *
   * @param ssrc that of the sender of the report
   * @param secured whether keys tell a forger
   */
  boolean mayComeFrom(InetSocketAddress from, int ssrc, boolean secured, long nowNanos) {
    InetSocketAddress learned = learned();
    if (from.equals(learned) || from.equals(signalled)) {
      return true;
    }
    boolean goesOn =
        nowNanos - heardNanos >= SourceLatch.SILENT_NANOS && (secured || ssrc == lastSsrc);
    boolean speaks = !secured && ssrc == rtp.ssrc() && ssrc != lastSsrc;
    return rtp.isHost(from) && (learned == null || goesOn || speaks);
  }

  /** A valid report has come from there. */
  void accept(InetSocketAddress from, int ssrc, long nowNanos) {
    source = from;
    lastSsrc = ssrc;
    heardNanos = nowNanos;
  }

  /** Where reports go; null if that is not known, or we may not send there. */
  @Nullable InetSocketAddress target() {
    InetSocketAddress learned = learned();
    InetSocketAddress described = described();
    boolean named = described != null && rtp.isAsymmetric();
    return learned == null || named ? described : learned;
  }

  /** Where reports came from, as long as RTP comes from that host too or a description names it. */
  private @Nullable InetSocketAddress learned() {
    InetSocketAddress learned = source;
    boolean stays = learned != null && (rtp.isHost(learned) || learned.equals(signalled));
    return stays ? learned : null;
  }

  /** Where a description says that reports go, if we may send there. */
  @Nullable InetSocketAddress described() {
    return rtp.maySendTo(signalled) ? signalled : null;
  }
}
