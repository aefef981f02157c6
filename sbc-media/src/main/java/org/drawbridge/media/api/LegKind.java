package org.drawbridge.media.api;

import java.util.Locale;

/**
 * How a peer carries its media. Decided from its SDP or from its transport, never by a per-call
 * flag.
 */
public enum LegKind {
  /** ICE, DTLS-SRTP, rtcp-mux, {@code UDP/TLS/RTP/SAVPF} (RFC 8827). */
  WEBRTC,
  /**
   * As {@link #WEBRTC}, by a server. It may be ICE-lite or silent until it has been checked, so we
   * are a full ICE agent, on a port of our own (RFC 8445 2.5).
   */
  WEBRTC_SERVER,
  /** Plain {@code RTP/AVP} with separate or multiplexed RTCP (RFC 3551). */
  RTP,
  /** {@code RTP/SAVP} keyed by {@code a=crypto} (RFC 4568). */
  SDES,
  /**
   * {@code UDP/TLS/RTP/SAVP} keyed by DTLS at the address of the description, without ICE (RFC
   * 5763).
   */
  DTLS,
  /** Plain RTP to a leg of another call of this process: no sockets and no choice of codecs. */
  LINK;

  /** Whether this is how phones, PBXs and carriers carry it, rather than browsers or ourselves. */
  public boolean isPhone() {
    return !isWebRtc() && this != LINK;
  }

  /** What reports call it. */
  public String word() {
    return (isWebRtc() ? WEBRTC : this).name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is carried as WebRTC has it, whoever checks whom by ICE. */
  public boolean isWebRtc() {
    return this == WEBRTC || this == WEBRTC_SERVER;
  }
}
