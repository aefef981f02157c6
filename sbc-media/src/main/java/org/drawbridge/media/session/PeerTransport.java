package org.drawbridge.media.session;

import java.net.InetSocketAddress;
import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.sdp.Crypto;
import org.drawbridge.media.sdp.Fingerprint;
import org.drawbridge.media.sdp.MediaDescription;
import org.drawbridge.media.sdp.SessionDescription;
import org.drawbridge.media.sdp.Setup;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer takes media and what protects it, from its description.
 *
 * @param rtp where it receives RTP, null for nowhere or a name
 * @param rtcp where it receives RTCP when it says so
 * @param rtcpMux whether both share a port
 * @param ice its ICE credentials
 * @param fingerprint of its DTLS certificate; none where it has no ICE and its profile is not one
 *     of SRTP
 * @param setup who starts DTLS
 * @param tlsId what names its DTLS association (RFC 8842)
 * @param cryptos its SDES keys; none where its profile is not one of SRTP, or of DTLS
 * @param targets what we check by ICE; null where the peer checks us
 */
record PeerTransport(
    @Nullable InetSocketAddress rtp,
    @Nullable InetSocketAddress rtcp,
    boolean rtcpMux,
    @Nullable IceCredentials ice,
    @Nullable Fingerprint fingerprint,
    @Nullable Setup setup,
    @Nullable String tlsId,
    List<Crypto> cryptos,
    @Nullable IceTargets targets) {

  /** The same without ICE: of a peer that has turned all its media off no checks are expected. */
  PeerTransport unused() {
    return new PeerTransport(rtp, rtcp, rtcpMux, null, fingerprint, setup, tlsId, cryptos, null);
  }

  /**
   * The same on the path there was, where it has no ICE but the certificate of that: some leave ICE
   * out to hold a call. With another certificate the peer is elsewhere, and we cannot look for it.
   */
  PeerTransport on(@Nullable PeerTransport before) {
    return ice == null
            && before != null
            && fingerprint != null
            && fingerprint.equals(before.fingerprint)
        ? new PeerTransport(
            rtp, rtcp, rtcpMux, before.ice, fingerprint, setup, tlsId, cryptos, before.targets)
        : this;
  }

  /** The same of a peer that we check by ICE. */
  PeerTransport checked(SessionDescription description, MediaDescription media) {
    boolean lite = LegKinds.isLite(description);
    List<InetSocketAddress> candidates = description.transportOf(media).candidates();
    return new PeerTransport(
        rtp,
        rtcp,
        rtcpMux,
        ice,
        fingerprint,
        setup,
        tlsId,
        cryptos,
        new IceTargets(lite, false, candidates));
  }

  /**
   * Whether RTP and RTCP share a port from now on (RFC 5761 5.1.1).
   *
   * @param offered whether our offer, which this answers, wanted that
   * @param answer whether this is an answer
   */
  boolean muxes(boolean offered, boolean answer) {
    return rtcpMux && (offered || !answer);
  }

  /** How a peer without ICE carries its media. */
  LegKind kind() {
    if (!cryptos.isEmpty()) {
      return LegKind.SDES;
    }
    return fingerprint == null ? LegKind.RTP : LegKind.DTLS;
  }

  /** How it asks to, be that possible or not. */
  LegKind asked(String protocol) {
    if (!LegKinds.isSecure(protocol)) {
      return LegKind.RTP;
    }
    boolean dtls = LegKinds.isDtls(protocol) || kind() == LegKind.DTLS;
    return dtls ? LegKind.DTLS : LegKind.SDES;
  }

  /**
   * Reads them; where media are bundled those of the bundle (RFC 9143 7.1). Of an ICE peer its
   * candidate checks tell the address, not its description.
   */
  static PeerTransport of(SessionDescription description, MediaDescription media, LegKind kind) {
    boolean ice = kind.isWebRtc();
    MediaDescription path = ice ? description.transportOf(media) : media;
    boolean secure = LegKinds.isSecure(path.protocol());
    return new PeerTransport(
        ice ? null : path.rtpAddress(),
        ice ? null : path.rtcpAddress(),
        ice ? description.muxes(media) : path.rtcpMux(),
        path.ice(),
        ice || secure ? path.fingerprint() : null,
        path.setup(),
        path.tlsId(),
        secure && !LegKinds.isDtls(path.protocol()) ? path.cryptos() : List.of(),
        null);
  }
}
