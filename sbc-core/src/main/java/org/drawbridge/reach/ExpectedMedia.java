package org.drawbridge.reach;

import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.media.api.MediaPeer;
import org.drawbridge.policy.Candidate;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkDtmf;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/** How a peer that has not sent SDP yet is expected to carry media. */
public final class ExpectedMedia {

  private ExpectedMedia() {}

  /**
   * Of a caller, by its offer if it has made one. A browser cannot signal over UDP, and others may
   * be servers that are silent until they have been checked by ICE, as FreeSWITCH is; who signals
   * over UDP needs no ICE-TCP, which a server's port has not.
   */
  public static LegKind ofCaller(
      @Nullable Trunk trunk, Flow flow, @Nullable String offer, MediaEngine media) {
    if (offer == null) {
      return trunk == null ? ofTransport(flow) : ofTrunk(trunk.media());
    }
    LegKind kind = media.kindOf(offer);
    boolean server = trunk != null || flow.transport() == Transport.UDP;
    return kind == LegKind.WEBRTC && server ? LegKind.WEBRTC_SERVER : kind;
  }

  /** Who signals over WebSocket is a browser. */
  private static LegKind ofTransport(Flow flow) {
    return flow.transport().isWebSocket() ? LegKind.WEBRTC : LegKind.RTP;
  }

  /** As configured for the trunk. */
  private static LegKind ofTrunk(TrunkMedia media) {
    return switch (media) {
      case RTP -> LegKind.RTP;
      case SDES -> LegKind.SDES;
      case DTLS -> LegKind.DTLS;
      case WEBRTC -> LegKind.WEBRTC_SERVER;
    };
  }

  /**
   * What is known of a trunk, or of somebody who is none. One that registers with us may be behind
   * a NAT, as any phone: what it says of where its media is need not be so.
   */
  public static MediaPeer of(@Nullable Trunk trunk) {
    if (trunk == null) {
      return MediaPeer.ANYBODY;
    }
    if (!trunk.profile().symmetricRtp()) {
      return MediaPeer.ASYMMETRIC_SERVER;
    }
    return trunk.account() == null ? MediaPeer.SERVER : MediaPeer.ANYBODY;
  }

  /** What is known of a candidate. */
  public static MediaPeer of(Candidate candidate) {
    return of(candidate.trunk());
  }

  /** How keys travel on a trunk. */
  public static Dtmf ofTrunk(TrunkDtmf dtmf) {
    return switch (dtmf) {
      case AUTO -> Dtmf.AUTO;
      case RFC4733 -> Dtmf.RFC4733;
      case INFO -> Dtmf.INFO;
      case INBAND -> Dtmf.INBAND;
    };
  }

  /**
   * How keys travel on a trunk whose signalling is passed on, null for no trunk: media has only
   * other media to put them in, and an INFO is the other side's to send.
   */
  public static Dtmf inMediaOf(@Nullable Trunk trunk) {
    boolean tones = trunk != null && trunk.profile().dtmf() == TrunkDtmf.INBAND;
    return tones ? Dtmf.INBAND : Dtmf.AUTO;
  }

  /** How keys travel in the media of a candidate whose signalling is passed on. */
  public static Dtmf inMediaOf(Candidate candidate) {
    return inMediaOf(candidate.trunk());
  }

  /** Toward a candidate that is reached over this flow; a service of ours has no flow. */
  public static LegKind toward(Candidate candidate, Flow flow) {
    return switch (candidate) {
      case Candidate.Contact(_, var line) ->
          line == null ? ofTransport(flow) : ofTrunk(line.trunk().media());
      case Candidate.TrunkHost host -> ofTrunk(host.trunk().media());
      case Candidate.Dialog _ -> LegKind.LINK;
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " has no flow");
    };
  }
}
