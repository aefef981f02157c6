package org.drawbridge.media.net;

/**
 * What a socket is for, and the kernel buffer of each direction that fits it; less may be granted.
 */
enum PortUse {
  /** The RTP port of one peer. */
  LEG(256 * 1024),
  /** The RTCP port of one peer. */
  CONTROL(64 * 1024),
  /** The port that all WebRTC peers of a loop share. */
  SHARED(4 * 1024 * 1024);

  private final int bufferBytes;

  PortUse(int bufferBytes) {
    this.bufferBytes = bufferBytes;
  }

  int bufferBytes() {
    return bufferBytes;
  }
}
