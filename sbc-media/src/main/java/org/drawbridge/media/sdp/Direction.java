package org.drawbridge.media.sdp;

import java.util.Locale;

/** Which way media flows, seen from whoever wrote the description (RFC 3264 5.1). */
public enum Direction {
  /** Both ways. */
  SENDRECV,
  /** The writer only sends. */
  SENDONLY,
  /** The writer only receives. */
  RECVONLY,
  /** Neither way. */
  INACTIVE;

  /** The direction made of its two halves. */
  public static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** Whether the writer sends. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether the writer receives. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** The same flow, seen from the other end. */
  public Direction reversed() {
    return of(receives(), sends());
  }

  /** What both allow, seen from the same end. */
  public Direction and(Direction other) {
    return of(sends() && other.sends(), receives() && other.receives());
  }

  /** The attribute's name. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
