package org.drawbridge.media.relay;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.srtp.SrtpKeys;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * What protects media and reports of a peer without ICE: nothing, keys of the descriptions, or DTLS
 * on each port that is used (RFC 5764 4.2). Owned by a media loop.
 */
final class RtpSecurity {

  private final Supplier<PortDtls> newRtp;
  private final Supplier<PortDtls> newRtcp;
  private @Nullable SrtpSession sdes;
  private @Nullable LateSrtp late;
  private @Nullable PortDtls rtp;
  private @Nullable PortDtls rtcp;
  private boolean keyedByDtls;
  private boolean muxed;

  /** Nothing so far; DTLS of each port is made when it is used. */
  RtpSecurity(Supplier<PortDtls> newRtp, Supplier<PortDtls> newRtcp) {
    this.newRtp = newRtp;
    this.newRtcp = newRtcp;
  }

  /** Takes the keys of a description; false, and all is as it was, where they do not fit. */
  boolean rekey(RemoteMedia remote, long nowNanos) {
    SrtpSession before = media();
    SdesKeys keys = remote.sdes();
    if (keys == null) {
      sdes = null;
    } else {
      SrtpProfile profile = SrtpProfile.ofSuite(keys.suite());
      if (profile == null || !SrtpKeys.fit(profile, keys.ours(), keys.theirs())) {
        return false;
      }
      sdes = SrtpSession.rekey(sdes, new SrtpKeys(profile, keys.ours(), keys.theirs()));
    }
    keyedByDtls = remote.fingerprint() != null;
    muxed = remote.rtcpMux();
    if (before != null && !isOn()) {
      late = new LateSrtp(before.receiver(), nowNanos);
    }
    return true;
  }

  /** Begins, keeps or ends DTLS as a description says, once it is known where the peer may be. */
  void handshake(RemoteMedia remote, long nowNanos) {
    Fingerprint fingerprint = remote.fingerprint();
    if (fingerprint == null || muxed) {
      rtcp = ended(rtcp);
    } else {
      rtcp = rtcp == null ? newRtcp.get() : rtcp;
      rtcp.describe(remote.dtlsRole(), fingerprint, remote.tlsId(), nowNanos);
    }
    if (fingerprint == null) {
      rtp = ended(rtp);
    } else {
      ofRtp().describe(remote.dtlsRole(), fingerprint, remote.tlsId(), nowNanos);
    }
  }

  private PortDtls ofRtp() {
    PortDtls made = rtp == null ? newRtp.get() : rtp;
    rtp = made;
    return made;
  }

  private static @Nullable PortDtls ended(@Nullable PortDtls old) {
    if (old != null) {
      old.close();
    }
    return null;
  }

  /** Takes a DTLS datagram of the RTP port; false where none is awaited from there. */
  boolean onRtpDtls(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    return ofRtp().onDatagram(buf, off, len, from, nowNanos);
  }

  /** Takes a DTLS datagram of the RTCP port; false where none is awaited from there. */
  boolean onRtcpDtls(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
    return rtcp != null && rtcp.onDatagram(buf, off, len, from, nowNanos);
  }

  /** Whether media is protected, or is to be. */
  boolean isOn() {
    return keyedByDtls || sdes != null;
  }

  /** Whether DTLS makes the keys. */
  boolean isKeyedByDtls() {
    return keyedByDtls;
  }

  /** What protects what is on the RTP port; null where nothing does, or nothing yet. */
  @Nullable SrtpSession media() {
    return keyedByDtls ? sessionOf(rtp) : sdes;
  }

  /** What protects reports on the RTCP port; null where nothing does, or nothing yet. */
  @Nullable SrtpSession reports() {
    return keyedByDtls ? sessionOf(rtcp) : sdes;
  }

  private static @Nullable SrtpSession sessionOf(@Nullable PortDtls dtls) {
    return dtls == null ? null : dtls.session();
  }

  /** What is still heard of a peer that has given up SRTP, null for nothing. */
  @Nullable LateSrtp late() {
    return late;
  }

  void onTick(long nowNanos) {
    if (rtp != null) {
      rtp.onTick(nowNanos);
    }
    if (rtcp != null) {
      rtcp.onTick(nowNanos);
    }
  }

  /** Ends handshakes that may still run. */
  void close() {
    rtp = ended(rtp);
    rtcp = ended(rtcp);
  }
}
