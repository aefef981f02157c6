package org.drawbridge.media.session;

import java.util.List;
import org.drawbridge.media.dtls.Fingerprint;
import org.drawbridge.media.plane.RemoteMedia;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.jspecify.annotations.Nullable;

/**
 * What descriptions of one leg kind say of transport and keys. Remembers what was agreed where a
 * later exchange must keep it.
 */
sealed interface LegProfile
    permits WebRtcProfile, PhoneProfile, RtpProfile, SdesProfile, DtlsProfile {

  /** The RTP profile of our first offer. */
  String protocol();

  /**
   * Why a peer's media cannot be carried by this kind of leg, null when it can.
   *
   * @param answer whether the peer answers our offer
   */
  @Nullable String refusal(String protocol, PeerTransport peer, boolean answer);

  /** The attributes of an offer of ours. */
  List<SdpLine> offerLines(Direction ours);

  /** The attributes of our answer to this offer. */
  List<SdpLine> answerLines(Direction ours, PeerTransport offer);

  /**
   * Commits an exchange.
   *
   * @param peer what the peer's last description says
   * @param answer whether that description is an answer to our offer
   * @param flow which way media flows, seen from the peer
   */
  RemoteMedia commit(PeerTransport peer, boolean answer, Direction flow);

  /** A peer's certificate as DTLS checks it; null if it names none. */
  static @Nullable Fingerprint certificate(PeerTransport peer) {
    var named = peer.fingerprint();
    return named == null ? null : new Fingerprint(named.hash(), named.values());
  }

  /**
   * Whether packets are missed when they do not come. A peer that only sends is mostly one that
   * holds the call, and many of those play no music.
   */
  static boolean expectsPackets(Direction flow) {
    return flow == Direction.SENDRECV;
  }
}
