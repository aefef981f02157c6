package org.drawbridge.media.plane;

import java.net.InetSocketAddress;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.ice.IceTargets;
import org.jspecify.annotations.Nullable;

/**
 * A peer's side of a transport, from its description.
 *
 * @param rtp where it says it receives RTP; null when it gave no usable address (0.0.0.0, port 0,
 *     or ICE only)
 * @param rtcp where it says it receives RTCP; null for RTP's port plus one or for multiplexing
 * @param rtcpMux whether RTCP shares RTP's port
 * @param ice its ICE credentials; null without ICE, and where it has turned all its media off
 * @param fingerprint that of its DTLS certificate, null without DTLS
 * @param dtlsRole who starts the DTLS handshake
 * @param sdes keys of both directions for {@code a=crypto}, null otherwise
 * @param receives whether the peer wants our packets
 * @param sends whether packets are expected from the peer; silence is no fault when false
 * @param tlsId what names its DTLS association (RFC 8842 4), null when it does not say
 * @param targets what we check by ICE; null where the peer checks us
 */
public record RemoteMedia(
    @Nullable InetSocketAddress rtp,
    @Nullable InetSocketAddress rtcp,
    boolean rtcpMux,
    @Nullable IceCredentials ice,
    @Nullable Fingerprint fingerprint,
    DtlsRole dtlsRole,
    @Nullable SdesKeys sdes,
    boolean receives,
    boolean sends,
    @Nullable String tlsId,
    @Nullable IceTargets targets) {

  /** That of a peer which we do not check by ICE. */
  public RemoteMedia(
      @Nullable InetSocketAddress rtp,
      @Nullable InetSocketAddress rtcp,
      boolean rtcpMux,
      @Nullable IceCredentials ice,
      @Nullable Fingerprint fingerprint,
      DtlsRole dtlsRole,
      @Nullable SdesKeys sdes,
      boolean receives,
      boolean sends,
      @Nullable String tlsId) {
    this(rtp, rtcp, rtcpMux, ice, fingerprint, dtlsRole, sdes, receives, sends, tlsId, null);
  }

  /** Where reports go that are not multiplexed: the port after that of RTP, unless it is named. */
  public @Nullable InetSocketAddress reports() {
    return rtcp != null || rtp == null
        ? rtcp
        : new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1 & 0xFFFF);
  }

  /** Our role in the DTLS handshake (RFC 5763). */
  public enum DtlsRole {
    /** There is no DTLS. */
    NONE,
    /** The peer starts; we act as the DTLS server. */
    SERVER,
    /** We start; we act as the DTLS client. */
    CLIENT
  }
}
