package org.drawbridge.b2bua;

import org.drawbridge.media.api.LegKind;
import org.drawbridge.routing.trunk.TrunkMedia;
import org.drawbridge.sip.flow.Flow;

/** How a peer that has not sent SDP yet is expected to carry media. */
final class LegKinds {

  private LegKinds() {}

  /** Who signals over WebSocket is a browser. */
  static LegKind ofTransport(Flow flow) {
    return flow.transport().isWebSocket() ? LegKind.WEBRTC : LegKind.RTP;
  }

  /** As configured for the trunk. */
  static LegKind ofTrunk(TrunkMedia media) {
    return switch (media) {
      case RTP -> LegKind.RTP;
      case SDES -> LegKind.SDES;
      case WEBRTC -> LegKind.WEBRTC;
    };
  }
}
