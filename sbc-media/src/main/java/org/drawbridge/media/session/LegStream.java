package org.drawbridge.media.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.plane.RelayTransport;
import org.drawbridge.media.plane.StreamIds;
import org.drawbridge.media.plane.StreamShape;
import org.drawbridge.media.sdp.Codec;
import org.drawbridge.media.sdp.Direction;
import org.drawbridge.media.sdp.SdpLine;
import org.jspecify.annotations.Nullable;

/**
 * The audio or the video of a leg: its transport, what our descriptions say of it, and what is
 * settled. Confined to the session's signalling loop.
 */
final class LegStream {

  private final MediaType type;
  private final LegKind kind;
  private final RelayTransport transport;
  private final LegProfile profile;
  private @Nullable Negotiated negotiated;

  /** Whether our descriptions name our sources; once they do the peer may go by that. */
  private boolean named;

  LegStream(MediaType type, LegKind kind, RelayTransport transport, LegProfile profile) {
    this.type = type;
    this.kind = kind;
    this.transport = transport;
    this.profile = profile;
  }

  MediaType type() {
    return type;
  }

  /** How its media is carried; of a phone it may change between RTP and SDES. */
  LegKind kind() {
    return profile instanceof PhoneProfile phone ? phone.kind() : kind;
  }

  RelayTransport transport() {
    return transport;
  }

  /** What our descriptions name as ours now. */
  InetAddress address() {
    return transport.local().rtp().getAddress();
  }

  LegProfile profile() {
    return profile;
  }

  /** What is settled, null before the first exchange and for video that was rejected. */
  @Nullable Negotiated negotiated() {
    return negotiated;
  }

  /** What our offer says. */
  LocalMediaLine offerLine(Exchange.OurMedia offer, Packetization packetization, boolean bundled) {
    return line(
        offer.codecs(),
        offer.extensions(),
        offer.direction(),
        packetization,
        bundled,
        profile.offerLines(offer.direction()),
        named || isToldApart(offer.extensions()));
  }

  /** What our answer says. */
  LocalMediaLine answerLine(AnswerTerms terms, PeerMedia offer) {
    return line(
        terms.codecs().stream().map(AgreedCodec::ours).toList(),
        terms.extensions(),
        terms.direction(),
        terms.packetization(),
        offer.bundled(),
        profile.answerLines(terms.direction(), offer.transport()),
        isToldApart(terms.extensions()) || !offer.marks().extensions().containsKey(Extensions.MID));
  }

  /** A browser that knows mids goes by them or by SSRCs, no more by payload types. */
  private boolean isToldApart(Map<String, Integer> extensions) {
    return type == MediaType.VIDEO || extensions.containsKey(Extensions.MID);
  }

  private LocalMediaLine line(
      List<Codec> codecs,
      Map<String, Integer> extensions,
      Direction direction,
      Packetization packetization,
      boolean bundled,
      List<SdpLine> path,
      boolean apart) {
    named = apart;
    List<SdpLine> lines = new ArrayList<>(path);
    if (kind.isWebRtc() && apart && direction.sends()) {
      addSources(lines, codecs);
    }
    return new LocalMediaLine(
        transport.local().rtp().getPort(),
        FeedbackPolicy.written(codecs, type, kind, extensions),
        extensions,
        direction,
        packetization,
        bundled,
        lines);
  }

  /** Ties retransmissions to the media they repeat (RFC 5576 4.2, RFC 4588 8.5). */
  private void addSources(List<SdpLine> lines, List<Codec> codecs) {
    StreamIds ids = transport.ids();
    String media = Integer.toUnsignedString(ids.ssrc());
    String cname = " cname:" + ids.cname();
    if (codecs.stream().anyMatch(codec -> codec.repair() >= 0)) {
      String repair = Integer.toUnsignedString(ids.repairSsrc());
      lines.add(SdpLine.attribute("ssrc-group", "FID " + media + ' ' + repair));
      lines.add(SdpLine.attribute("ssrc", media + cname));
      lines.add(SdpLine.attribute("ssrc", repair + cname));
    } else {
      lines.add(SdpLine.attribute("ssrc", media + cname));
    }
  }

  /** What an answer to our offer settles, null when it takes nothing we can carry. */
  @Nullable Negotiated accepted(Exchange.OurMedia offer, PeerMedia answer) {
    List<AgreedCodec> agreed = CodecAgreement.accepted(offer.codecs(), answer.codecs());
    return CodecAgreement.carriesMedia(agreed)
        ? Negotiated.byOffering(offer, answer, agreed, negotiated)
        : null;
  }

  /**
   * Tells the transport what was settled.
   *
   * @param answer whether the peer's description is an answer to our offer
   */
  void apply(Negotiated next, boolean answer) {
    PeerMedia peer = next.peer();
    if (peer != null) {
      transport.apply(profile.commit(peer.transport(), answer, next.flow()));
    }
  }

  /** Tells the transport what the peer's packets look like. */
  void shape(Negotiated next, @Nullable String mid) {
    PeerMedia peer = next.peer();
    if (peer != null) {
      transport.shape(
          new StreamShape(
              mid,
              mid == null ? 0 : next.extensions().getOrDefault(Extensions.MID, 0),
              peer.marks().sources(),
              payloadTypes(next.codecs()),
              FeedbackPolicy.understood(next.codecs(), type, kind)));
    }
  }

  private static Set<Integer> payloadTypes(List<AgreedCodec> codecs) {
    Set<Integer> types = new HashSet<>();
    for (AgreedCodec codec : codecs) {
      types.add(codec.ours().payloadType());
      types.add(codec.theirs().payloadType());
      if (codec.isRepaired()) {
        types.add(codec.ours().repair());
        types.add(codec.theirs().repair());
      }
    }
    return types;
  }

  /** Takes what was settled. */
  void settle(Negotiated next) {
    negotiated = next;
  }

  /** The peer has turned it off, or it was rejected: nothing flows until the next exchange. */
  void pause(@Nullable PeerTransport path) {
    if (path != null) {
      transport.apply(profile.commit(path, false, Direction.INACTIVE));
    }
  }

  /** Forgets video that is no more. */
  void drop() {
    Negotiated last = negotiated;
    if (last != null && last.peer() != null) {
      pause(last.peer().transport());
    }
    negotiated = null;
  }
}
