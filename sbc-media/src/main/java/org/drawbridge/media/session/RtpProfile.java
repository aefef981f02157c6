package org.drawbridge.media.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.plane.RemoteMedia.DtlsRole;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.jspecify.annotations.Nullable;

/** Plain RTP (RFC 3551). RTCP shares RTP's port only where the peer asked for it (RFC 5761). */
final class RtpProfile implements LegProfile {

  private final LocalMedia local;
  private boolean mux;

  RtpProfile(LocalMedia local) {
    this.local = local;
  }

  @Override
  public String protocol() {
    return "RTP/AVP";
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    return LegKinds.isSecure(protocol) ? "SRTP is asked for on a leg of plain RTP" : null;
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    return rtcpLines(local, mux);
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    return rtcpLines(local, offer.rtcpMux());
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    mux = peer.muxes(mux, answer);
    return remote(peer, mux, null, flow);
  }

  /** Says where RTCP goes unless that is the port after RTP's (RFC 3605). */
  static List<SdpLine> rtcpLines(LocalMedia local, boolean mux) {
    List<SdpLine> lines = new ArrayList<>();
    InetSocketAddress rtp = local.rtp();
    InetSocketAddress rtcp = local.rtcp();
    boolean elsewhere = !rtcp.getAddress().equals(rtp.getAddress());
    if (elsewhere) {
      String address = Addresses.typed(rtcp.getAddress());
      lines.add(SdpLine.attribute("rtcp", rtcp.getPort() + " " + address));
    } else if (rtcp.getPort() != rtp.getPort() + 1) {
      lines.add(SdpLine.attribute("rtcp", Integer.toString(rtcp.getPort())));
    }
    if (mux) {
      lines.add(SdpLine.attribute("rtcp-mux"));
    }
    return lines;
  }

  /** A peer without ICE and DTLS. */
  static RemoteMedia remote(
      PeerTransport peer, boolean mux, @Nullable SdesKeys keys, Direction flow) {
    return new RemoteMedia(
        peer.rtp(),
        mux ? null : peer.rtcp(),
        mux,
        null,
        null,
        DtlsRole.NONE,
        keys,
        flow.receives(),
        LegProfile.expectsPackets(flow),
        null);
  }
}
