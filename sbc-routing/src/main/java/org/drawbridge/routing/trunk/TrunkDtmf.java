package org.drawbridge.routing.trunk;

/**
 * How keys pressed in a call travel on a trunk: as its SDP says, as telephone-events (RFC 4733), in
 * INFO requests, or as tones in the audio.
 */
public enum TrunkDtmf {
  AUTO,
  RFC4733,
  INFO,
  INBAND
}
