package org.drawbridge.media.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.media.plane.RelayListener;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpResult;
import org.jspecify.annotations.Nullable;

/**
 * The path to a peer with plain RTP, or SRTP keyed by SDES or DTLS, on a port pair of its own:
 * symmetric latching, RTCP beside or multiplexed. Owned by a media loop.
 */
public final class RtpPeer implements RelayEnd, Egress {

  private final Wire rtpWire;
  private final Wire rtcpWire;
  private final RelayListener listener;
  private final LegCounters counters = new LegCounters();
  private final RefusalLog refusals;
  private final SourceLatch latch;
  private final RtcpLatch rtcpLatch;
  private final LegIdentity identity;
  private final RelayLeg leg;
  private final PacketBudget budget = new PacketBudget();
  private final BesideMedia beside = new BesideMedia();

  private final RtpSecurity security;
  private boolean described;
  private boolean rtcpMux;

  /**
   * Where it sends from.
   *
   * @param rtp the socket of the even port
   * @param rtcp the socket of the odd port
   */
  public record Wires(Wire rtp, Wire rtcp) {}

  /**
   * Makes the path.
   *
   * @param name what logs call it
   * @param host where the peer's signalling comes from: a likely place for its media, null if
   *     unknown
   */
  public RtpPeer(
      String name,
      Wires wires,
      @Nullable InetAddress host,
      DtlsStarter handshakes,
      RelayListener listener,
      RelayShared shared) {
    rtpWire = wires.rtp();
    rtcpWire = wires.rtcp();
    this.listener = listener;
    latch = new SourceLatch(host);
    rtcpLatch = new RtcpLatch(latch);
    refusals = new RefusalLog(name, counters, shared.counters());
    // Without reports a call is a call.
    security =
        new RtpSecurity(
            () ->
                new PortDtls(
                    handshakes, shared.loop(), rtpWire, new RtpPlace(), listener::onFailed),
            () -> new PortDtls(handshakes, shared.loop(), rtcpWire, new RtcpPlace(), _ -> {}));
    identity = shared.newIdentity();
    leg = new RelayLeg(this, listener, counters, identity);
  }

  @Override
  public void shape(StreamShape shape) {
    leg.shape(shape);
  }

  @Override
  public StreamIds ids() {
    return identity.ids();
  }

  /** The peer's signalling comes from there now: a likely place for its media. */
  public void moved(InetAddress host) {
    latch.host(host);
  }

  /** Whether the peer owes a sign that it is there. */
  public void owesSign(boolean owes) {
    latch.owesSign(owes);
  }

  /** What is known of the peer, before {@link #apply}. */
  public void known(MediaPeer peer) {
    latch.known(peer);
  }

  @Override
  public void apply(RemoteMedia remote, long nowNanos) {
    if (!security.rekey(remote, nowNanos)) {
      SdesKeys keys = remote.sdes();
      listener.onFailed(
          "the SRTP keys do not fit the crypto-suite " + (keys == null ? "" : keys.suite()));
      return;
    }
    described = true;
    rtcpMux = remote.rtcpMux();
    rtcpLatch.arm(remote.reports());
    latch.arm(remote.rtp(), nowNanos);
    refusals.reset();
    leg.onDescription(remote, nowNanos);
    security.handshake(remote, nowNanos);
  }

  /** Where RTP comes from. */
  private final class RtpPlace implements PortDtls.Place {

    @Override
    public @Nullable InetSocketAddress signalled() {
      return latch.target();
    }

    @Override
    public int likelihood(InetSocketAddress address) {
      return latch.likelihood(address);
    }

    @Override
    public void proven(InetSocketAddress address, long nowNanos) {
      latch.prove(address, nowNanos);
    }
  }

  /** Where reports come from that have a port of their own. */
  private final class RtcpPlace implements PortDtls.Place {

    @Override
    public @Nullable InetSocketAddress signalled() {
      return rtcpLatch.described();
    }

    @Override
    public int likelihood(InetSocketAddress address) {
      return rtcpLatch.likelihood(address);
    }

    @Override
    public void proven(InetSocketAddress address, long nowNanos) {
      rtcpLatch.prove(address);
    }
  }

  /** Takes a datagram of the RTP port: RTP, or multiplexed RTCP (RFC 5761). */
  public void onRtpPort(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (beside.is(buf, off, len)) {
      return;
    }
    if (!described && !isDtls(buf, off, len)) {
      refuseEarly(from, nowNanos);
      return;
    }
    if (RtcpView.isRtcp(buf, off, len)) {
      if (!latch.isSource(from)) {
        refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
      } else if (onRtcp(security.media(), buf, off, len, from, nowNanos)) {
        return;
      } else {
        refuse(Kind.REFUSED_FORM, from, "not valid RTCP", nowNanos);
      }
      return;
    }
    if (isDtls(buf, off, len)) {
      onDtls(buf, off, len, from, nowNanos);
    } else if (!RtpView.isRtp(buf, off, len)) {
      refuse(Kind.REFUSED_FORM, from, "not RTP", nowNanos);
    } else if (!latch.mayComeFrom(from, nowNanos)) {
      refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
    } else {
      onRtp(buf, off, len, from, nowNanos);
    }
  }

  /** Who answers often speaks some milliseconds before we have its answer: that is no forger. */
  private void refuseEarly(InetSocketAddress from, long nowNanos) {
    if (latch.likelihood(from) > SourceLatch.ANYWHERE) {
      refusals.count(Kind.REFUSED_EARLY);
    } else {
      refuse(Kind.REFUSED_EARLY, from, "no description yet", nowNanos);
    }
  }

  private boolean isDtls(byte[] buf, int off, int len) {
    return len > 0
        && PacketKind.of(buf[off]) == PacketKind.DTLS
        && (security.isKeyedByDtls() || !described);
  }

  /** The hello of who answers our offer may be here before the answer. */
  private void onDtls(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    boolean likely = described || latch.likelihood(from) > SourceLatch.ANYWHERE;
    if (!likely || !security.onRtpDtls(buf, off, len, from, nowNanos)) {
      refuse(Kind.REFUSED_SOURCE, from, "no DTLS is awaited from there", nowNanos);
    }
  }

  private void onRtp(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    SrtpSession session = security.media();
    LateSrtp late = security.late();
    int length = len;
    boolean superseded = false;
    if (session == null && security.isOn()) {
      refuse(Kind.REFUSED_EARLY, from, "no keys yet", nowNanos);
      return;
    }
    if (session != null) {
      SrtpResult result = session.receiver().unprotectRtp(buf, off, len);
      if (result != SrtpResult.OK) {
        refuse(Kind.REFUSED_SRTP, from, result.name(), nowNanos);
        return;
      }
      length = session.receiver().length();
      superseded = session.receiver().isSuperseded();
    } else if (late != null && late.opens(buf, off, len, nowNanos)) {
      length = late.length();
      superseded = true;
    }
    int ssrc = RtpView.ssrc(buf, off);
    int seq = RtpView.seq(buf, off);
    // What is late from before says nothing of where the peer is now.
    boolean taken =
        superseded
            ? from.equals(latch.source())
            : latch.accept(from, ssrc, seq, session != null, nowNanos);
    if (!taken) {
      refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
    } else if (isWithinBudget(from, nowNanos)) {
      leg.onRtp(buf, off, length, nowNanos);
    }
  }

  private boolean isWithinBudget(InetSocketAddress from, long nowNanos) {
    boolean within = budget.takes(leg.isVideo(), nowNanos);
    if (!within) {
      refuse(Kind.REFUSED_RATE, from, PacketBudget.EXCEEDED, nowNanos);
    }
    return within;
  }

  /** Takes a datagram of the RTCP port. */
  public void onRtcpPort(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (beside.is(buf, off, len)) {
      return;
    }
    int ssrc = len < RtcpView.HEADER ? 0 : RtcpView.ssrc(buf, off);
    if (isDtls(buf, off, len)) {
      if (!security.onRtcpDtls(buf, off, len, from, nowNanos)) {
        refuse(Kind.REFUSED_SOURCE, from, "no DTLS is awaited from there", nowNanos);
      }
    } else if (!described) {
      refuseEarly(from, nowNanos);
    } else if (!rtcpLatch.mayComeFrom(from, ssrc, security.isOn(), nowNanos)) {
      refuse(Kind.REFUSED_SOURCE, from, "another source of RTCP", nowNanos);
    } else if (onRtcp(security.reports(), buf, off, len, from, nowNanos)) {
      rtcpLatch.accept(from, ssrc, nowNanos);
    } else {
      refuse(Kind.REFUSED_FORM, from, "not valid RTCP", nowNanos);
    }
  }

  /** Whether it was valid RTCP. */
  private boolean onRtcp(
      @Nullable SrtpSession session,
      byte[] buf,
      int off,
      int len,
      InetSocketAddress from,
      long nowNanos) {
    int length = len;
    if (session == null && security.isOn()) {
      return false;
    }
    if (session != null) {
      if (session.receiver().unprotectRtcp(buf, off, len) != SrtpResult.OK) {
        return false;
      }
      length = session.receiver().length();
    }
    if (!RtcpView.isCompound(buf, off, length)) {
      return false;
    }
    if (isWithinBudget(from, nowNanos)) {
      leg.onRtcp(buf, off, length, nowNanos);
    }
    return true;
  }

  private void refuse(Kind kind, InetSocketAddress from, String why, long nowNanos) {
    refusals.refuse(kind, from, why, latch.source(), nowNanos);
  }

  @Override
  public boolean sendRtp(byte[] buf, int off, int len) {
    InetSocketAddress to = latch.target();
    SrtpSession session = security.media();
    int length = len;
    if (to == null || session == null && security.isOn()) {
      return false;
    }
    if (session != null) {
      if (session.sender().protectRtp(buf, off, len) != SrtpResult.OK) {
        return false;
      }
      length = session.sender().length();
    }
    rtpWire.send(buf, off, length, to);
    return true;
  }

  @Override
  public void sendRtcp(byte[] buf, int off, int len) {
    InetSocketAddress to = rtcpMux ? latch.target() : rtcpLatch.target();
    SrtpSession session = rtcpMux ? security.media() : security.reports();
    int length = len;
    if (to == null || session == null && security.isOn()) {
      return;
    }
    if (session != null) {
      if (session.sender().protectRtcp(buf, off, len) != SrtpResult.OK) {
        return;
      }
      length = session.sender().length();
    }
    (rtcpMux ? rtpWire : rtcpWire).send(buf, off, length, to);
  }

  /** Profiles with plain AVP do not know feedback messages. */
  @Override
  public boolean wantsFeedback() {
    return false;
  }

  @Override
  public void onTick(long nowNanos) {
    security.onTick(nowNanos);
    leg.onTick(nowNanos);
  }

  /** Ends handshakes that may still run. */
  public void close() {
    security.close();
  }

  @Override
  public RelayLeg leg() {
    return leg;
  }
}
