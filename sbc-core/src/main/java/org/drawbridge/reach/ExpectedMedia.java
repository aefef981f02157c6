package org.drawbridge.reach;

import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.IceMode;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.MediaSession;
import org.drawbridge.policy.Candidate;
import org.drawbridge.routing.trunk.TrunkDtmf;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.routing.trunk.TrunkProfile;
import org.drawbridge.sip.flow.Flow;

/** How a peer that has not sent SDP yet is expected to carry media. */
public final class ExpectedMedia {

  private ExpectedMedia() {}

  /** Who signals over WebSocket is a browser. */
  public static LegKind ofTransport(Flow flow) {
    return flow.transport().isWebSocket() ? LegKind.WEBRTC : LegKind.RTP;
  }

  /** As configured for the trunk. */
  public static LegKind ofTrunk(TrunkMedia media) {
    return switch (media) {
      case RTP -> LegKind.RTP;
      case SDES -> LegKind.SDES;
      case DTLS -> LegKind.DTLS;
      case WEBRTC -> LegKind.WEBRTC;
    };
  }

  /**
   * Which ICE agent we are toward a peer. A trunk is a server, and some say nothing before they
   * have been checked; what it names as its addresses may be believed, since it is configured.
   */
  public static IceMode ice(boolean trunk) {
    return trunk ? IceMode.FULL : IceMode.LITE;
  }

  /** Tells a leg what is known of the media of its trunk. */
  public static void tell(MediaSession session, MediaLeg leg, TrunkProfile trunk) {
    leg.dtmf(ofTrunk(trunk.dtmf()));
    if (!trunk.symmetricRtp()) {
      session.sendWhereDescribed(leg);
    }
  }

  private static Dtmf ofTrunk(TrunkDtmf dtmf) {
    return switch (dtmf) {
      case AUTO -> Dtmf.AUTO;
      case RFC4733 -> Dtmf.RFC4733;
      case INFO -> Dtmf.INFO;
      case INBAND -> Dtmf.INBAND;
    };
  }

  /** Toward a candidate that is reached over this flow; a service of ours has no flow. */
  public static LegKind toward(Candidate candidate, Flow flow) {
    return switch (candidate) {
      case Candidate.Contact _ -> ofTransport(flow);
      case Candidate.TrunkHost host -> ofTrunk(host.trunk().media());
      case Candidate.Dialog _ -> LegKind.LINK;
      case Candidate.Service service ->
          throw new IllegalStateException(service.label() + " has no flow");
    };
  }
}
