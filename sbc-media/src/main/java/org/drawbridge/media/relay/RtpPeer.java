package org.drawbridge.media.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.drawbridge.media.api.MediaCounters.Kind;
import org.drawbridge.media.rtp.RtcpView;
import org.drawbridge.media.rtp.RtpView;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.drawbridge.media.srtp.SrtpResult;
import org.drawbridge.media.stun.StunView;
import org.jspecify.annotations.Nullable;

/**
 * The path to a peer with plain RTP or SDES-keyed SRTP on a port pair of its own: symmetric
 * latching, RTCP beside or multiplexed. Owned by a media loop.
 */
public final class RtpPeer implements RelayEnd, Egress {

  private final Wire rtpWire;
  private final Wire rtcpWire;
  private final RelayListener listener;
  private final LegCounters counters = new LegCounters();
  private final RefusalLog refusals;
  private final SourceLatch latch;
  private final LegIdentity identity;
  private final RelayLeg leg;
  private final StunView stun = new StunView();

  private @Nullable SrtpSession srtp;
  private @Nullable LateSrtp late;
  private boolean described;
  private boolean rtcpMux;
  private @Nullable InetSocketAddress rtcpSignalled;
  private @Nullable InetSocketAddress rtcpSource;
  private int rtcpSsrc;
  private long rtcpNanos;

  /**
   * Makes the path.
   *
   * @param name what logs call it
   * @param rtpWire the socket of the even port
   * @param rtcpWire the socket of the odd port
   * @param host where the peer's signalling comes from: a likely place for its media, null if
   *     unknown
   */
  public RtpPeer(
      String name,
      Wire rtpWire,
      Wire rtcpWire,
      @Nullable InetAddress host,
      RelayListener listener,
      RelayShared shared) {
    this.rtpWire = rtpWire;
    this.rtcpWire = rtcpWire;
    this.listener = listener;
    latch = new SourceLatch(host);
    refusals = new RefusalLog(name, counters, shared.counters());
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

  @Override
  public void apply(RemoteMedia remote, long nowNanos) {
    SdesKeys sdes = remote.sdes();
    if (sdes == null) {
      late = srtp == null ? late : new LateSrtp(srtp.receiver(), nowNanos);
      srtp = null;
    } else if (!rekey(sdes)) {
      return;
    }
    described = true;
    rtcpMux = remote.rtcpMux();
    rtcpSignalled = rtcpAddress(remote);
    rtcpSource = null;
    latch.arm(remote.rtp(), nowNanos);
    refusals.reset();
    leg.onDescription(remote, nowNanos);
  }

  private boolean rekey(SdesKeys sdes) {
    SrtpProfile profile = SrtpProfile.ofSuite(sdes.suite());
    if (profile == null || !SrtpKeys.fit(profile, sdes.ours(), sdes.theirs())) {
      listener.onFailed("the SRTP keys do not fit the crypto-suite " + sdes.suite());
      return false;
    }
    srtp = SrtpSession.rekey(srtp, new SrtpKeys(profile, sdes.ours(), sdes.theirs()));
    return true;
  }

  private static @Nullable InetSocketAddress rtcpAddress(RemoteMedia remote) {
    InetSocketAddress rtp = remote.rtp();
    if (remote.rtcp() != null || rtp == null) {
      return remote.rtcp();
    }
    return new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1 & 0xFFFF);
  }

  /**
   * Whether it only keeps the peer's NAT open (RFC 6263 sections 4.1 and 4.4). It says nothing of
   * who sent it, is no media, and nobody waits for an answer.
   */
  private boolean isKeepalive(byte[] buf, int off, int len) {
    return len == 0 || PacketKind.of(buf[off]) == PacketKind.STUN && stun.wrap(buf, off, len);
  }

  /** Takes a datagram of the RTP port: RTP, or multiplexed RTCP (RFC 5761). */
  public void onRtpPort(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (isKeepalive(buf, off, len)) {
      return;
    }
    if (RtcpView.isRtcp(buf, off, len)) {
      if (!latch.isSource(from)) {
        refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
      } else if (onRtcp(buf, off, len, nowNanos)) {
        return;
      } else {
        refuse(Kind.REFUSED_FORM, from, "not valid RTCP", nowNanos);
      }
      return;
    }
    if (!described) {
      refuse(Kind.REFUSED_EARLY, from, "no description yet", nowNanos);
    } else if (!RtpView.isRtp(buf, off, len)) {
      refuse(Kind.REFUSED_FORM, from, "not RTP", nowNanos);
    } else if (!latch.mayComeFrom(from, nowNanos)) {
      refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
    } else {
      onRtp(buf, off, len, from, nowNanos);
    }
  }

  private void onRtp(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    SrtpSession session = srtp;
    int length = len;
    boolean superseded = false;
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
    if (taken) {
      leg.onRtp(buf, off, length, nowNanos);
    } else {
      refuse(Kind.REFUSED_SOURCE, from, "another source", nowNanos);
    }
  }

  /** Takes a datagram of the RTCP port. */
  public void onRtcpPort(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    if (isKeepalive(buf, off, len)) {
      return;
    }
    int ssrc = len < RtcpView.HEADER ? 0 : RtcpView.ssrc(buf, off);
    if (!mayBeRtcp(from, ssrc, nowNanos)) {
      refuse(Kind.REFUSED_SOURCE, from, "another source of RTCP", nowNanos);
    } else if (onRtcp(buf, off, len, nowNanos)) {
      rtcpSource = from;
      rtcpSsrc = ssrc;
      rtcpNanos = nowNanos;
    } else {
      refuse(Kind.REFUSED_FORM, from, "not valid RTCP", nowNanos);
    }
  }

  /**
   * A NAT may move RTCP to another port as it may RTP: whoever reports goes on from there. Who
   * reports of the stream that is heard takes the place of a neighbour behind the same NAT who does
   * not know it.
   */
  private boolean mayBeRtcp(InetSocketAddress from, int ssrc, long nowNanos) {
    InetSocketAddress learned = learnedRtcp();
    if (from.equals(learned) || from.equals(rtcpSignalled)) {
      return true;
    }
    boolean goesOn =
        nowNanos - rtcpNanos >= SourceLatch.SILENT_NANOS && (srtp != null || ssrc == rtcpSsrc);
    boolean speaks = srtp == null && ssrc == latch.ssrc() && ssrc != rtcpSsrc;
    return latch.isHost(from) && (learned == null || goesOn || speaks);
  }

  /** Where RTCP came from, as long as RTP comes from that host too or a description names it. */
  private @Nullable InetSocketAddress learnedRtcp() {
    InetSocketAddress learned = rtcpSource;
    boolean stays = learned != null && (latch.isHost(learned) || learned.equals(rtcpSignalled));
    return stays ? learned : null;
  }

  private boolean onRtcp(byte[] buf, int off, int len, long nowNanos) {
    SrtpSession session = srtp;
    int length = len;
    if (session != null) {
      if (session.receiver().unprotectRtcp(buf, off, len) != SrtpResult.OK) {
        return false;
      }
      length = session.receiver().length();
    }
    if (!described || !RtcpView.isCompound(buf, off, length)) {
      return false;
    }
    leg.onRtcp(buf, off, length, nowNanos);
    return true;
  }

  private void refuse(Kind kind, InetSocketAddress from, String why, long nowNanos) {
    refusals.refuse(kind, from, why, latch.source(), nowNanos);
  }

  @Override
  public boolean sendRtp(byte[] buf, int off, int len) {
    InetSocketAddress to = latch.target();
    SrtpSession session = srtp;
    int length = len;
    if (to == null) {
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
    InetSocketAddress learned = learnedRtcp();
    InetSocketAddress beside = learned != null ? learned : rtcpSignalled;
    InetSocketAddress to = rtcpMux ? latch.target() : beside;
    SrtpSession session = srtp;
    int length = len;
    if (to == null) {
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
    leg.onTick(nowNanos);
  }

  @Override
  public RelayLeg leg() {
    return leg;
  }
}
