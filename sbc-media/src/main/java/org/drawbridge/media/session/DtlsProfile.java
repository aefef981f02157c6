package org.drawbridge.media.session;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.sdp.Setup;
import org.jspecify.annotations.Nullable;

/**
 * SRTP keyed by DTLS at the address of the description (RFC 5763, RFC 5764). Without rtcp-mux RTCP
 * has an association of its own; so we offer to multiplex until the peer has declined.
 */
final class DtlsProfile implements LegProfile {

  private final LocalMedia local;
  private final String fingerprint;
  private final DtlsRoles roles = new DtlsRoles();
  private boolean mux = true;

  /**
   * A profile that says these.
   *
   * @param fingerprint of our certificate, as {@code sha-256 AB:CD:...}
   */
  DtlsProfile(LocalMedia local, String fingerprint) {
    this.local = local;
    this.fingerprint = fingerprint;
  }

  @Override
  public String protocol() {
    return "UDP/TLS/RTP/SAVP";
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    if (!LegKinds.isSecure(protocol)) {
      return "plain RTP is asked for on a leg that encrypts";
    }
    return peer.fingerprint() == null ? "no DTLS fingerprint of a hash we take" : null;
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    return lines(Setup.ACTPASS, mux);
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    return lines(roles.answer(offer.setup()), offer.rtcpMux());
  }

  private List<SdpLine> lines(Setup setup, boolean shared) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(SdpLine.attribute("fingerprint", fingerprint));
    lines.add(setup.line());
    lines.addAll(RtpProfile.rtcpLines(local, shared));
    return lines;
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    mux = peer.muxes(mux, answer);
    return new RemoteMedia(
        peer.rtp(),
        mux ? null : peer.rtcp(),
        mux,
        null,
        LegProfile.certificate(peer),
        roles.settle(peer.setup(), answer),
        null,
        flow.receives(),
        LegProfile.expectsPackets(flow),
        peer.tlsId());
  }
}
