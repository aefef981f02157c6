package org.drawbridge.media.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.drawbridge.media.ice.IceTargets;
import org.drawbridge.media.plane.IceCredentials;
import org.drawbridge.media.plane.LocalMedia;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.drawbridge.media.sdp.Setup;
import org.jspecify.annotations.Nullable;

/** ICE, DTLS-SRTP and one component (RFC 8827, RFC 8829, RFC 8839). */
final class WebRtcProfile implements LegProfile {

  private static final int HOST_PREFERENCE = 126;

  /** Below all of UDP (RFC 6544 4.2): TCP is for networks that have nothing else. */
  private static final int TCP_PREFERENCE = 90;

  /** The direction preference of a passive candidate, before 13 bits of the local one. */
  private static final int PASSIVE = 4 << 13;

  private final Supplier<LocalMedia> transport;
  private final String fingerprint;
  private final String msid;
  private final DtlsRoles roles;

  /**
   * A profile that says these.
   *
   * @param transport our side of the transport, asked anew for each description: an ICE restart of
   *     the peer changes our credentials
   * @param fingerprint of our certificate, as {@code sha-256 AB:CD:...}
   * @param msid our stream and track id
   */
  WebRtcProfile(Supplier<LocalMedia> transport, String fingerprint, String msid) {
    this(transport, fingerprint, msid, new DtlsRoles());
  }

  private WebRtcProfile(
      Supplier<LocalMedia> transport, String fingerprint, String msid, DtlsRoles roles) {
    this.transport = transport;
    this.fingerprint = fingerprint;
    this.msid = msid;
    this.roles = roles;
  }

  /** The profile of another track of the same stream on the same transport (RFC 9143). */
  WebRtcProfile bundled(String track) {
    String stream = msid.substring(0, msid.indexOf(' '));
    return new WebRtcProfile(transport, fingerprint, stream + ' ' + track, roles);
  }

  @Override
  public String protocol() {
    return "UDP/TLS/RTP/SAVPF";
  }

  @Override
  public @Nullable String refusal(String protocol, PeerTransport peer, boolean answer) {
    if (peer.ice() == null) {
      return "DTLS-SRTP without ICE credentials is not carried";
    }
    if (peer.fingerprint() == null) {
      return "no DTLS fingerprint of a hash we take";
    }
    return peer.rtcpMux() ? null : "WebRTC media without rtcp-mux is not carried";
  }

  @Override
  public List<SdpLine> offerLines(Direction ours) {
    return lines(ours, Setup.ACTPASS);
  }

  @Override
  public List<SdpLine> answerLines(Direction ours, PeerTransport offer) {
    return lines(ours, roles.answer(offer.setup()));
  }

  private List<SdpLine> lines(Direction ours, Setup setup) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(SdpLine.attribute("rtcp-mux"));
    LocalMedia local = transport.get();
    IceCredentials ice = local.ice();
    if (ice != null) {
      lines.add(SdpLine.attribute("ice-ufrag", ice.ufrag()));
      lines.add(SdpLine.attribute("ice-pwd", ice.password()));
    }
    lines.add(SdpLine.attribute("fingerprint", fingerprint));
    lines.add(setup.line());
    for (int i = 0; i < local.candidates().size(); i++) {
      lines.add(SdpLine.attribute("candidate", candidate(i, local.candidates().get(i))));
    }
    for (int i = 0; i < local.streams().size(); i++) {
      int foundation = local.candidates().size() + i + 1;
      lines.add(SdpLine.attribute("candidate", passive(foundation, i, local.streams().get(i))));
    }
    lines.add(SdpLine.attribute("end-of-candidates"));
    if (ours.sends()) {
      lines.add(SdpLine.attribute("msid", msid));
    }
    return lines;
  }

  /** A host candidate with the priority of RFC 8445 5.1.2.1: earlier ones are preferred. */
  private static String candidate(int index, InetSocketAddress address) {
    long priority = ((long) HOST_PREFERENCE << 24) | ((65_535L - index) << 8) | 255;
    InetAddress ip = address.getAddress();
    return "%d 1 udp %d %s %d typ host"
        .formatted(index + 1, priority, Addresses.text(ip), address.getPort());
  }

  /** A passive TCP candidate (RFC 6544 4.5): the peer connects. */
  private static String passive(int foundation, int index, InetSocketAddress address) {
    long priority = ((long) TCP_PREFERENCE << 24) | ((PASSIVE + 8191L - index) << 8) | 255;
    return "%d 1 tcp %d %s %d typ host tcptype passive"
        .formatted(foundation, priority, Addresses.text(address.getAddress()), address.getPort());
  }

  @Override
  public RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow) {
    IceTargets targets = peer.targets();
    return new RemoteMedia(
        null,
        null,
        true,
        peer.ice(),
        LegProfile.certificate(peer),
        roles.settle(peer.setup(), answer),
        null,
        flow.receives(),
        LegProfile.expectsPackets(flow),
        peer.tlsId(),
        targets == null ? null : targets.from(transport.get().candidates(), answer));
  }
}
