package org.drawbridge.routing.trunk;

/**
 * How audio travels on a trunk: plain RTP, SRTP keyed in the SDP (RFC 4568), SRTP keyed by DTLS
 * without ICE (RFC 5763), or WebRTC.
 */
public enum TrunkMedia {
  RTP,
  SDES,
  DTLS,
  WEBRTC
}
