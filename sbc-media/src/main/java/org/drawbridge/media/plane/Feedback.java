package org.drawbridge.media.plane;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Kinds of RTCP feedback that pass between peers, named as in {@code a=rtcp-fb} (RFC 4585 4.2). */
public enum Feedback {
  /** Lost packets are asked for again (RFC 4585 6.2.1). */
  NACK("nack"),
  /** A whole picture is asked for (RFC 4585 6.3.1). */
  PLI("nack pli"),
  /** A whole picture is demanded (RFC 5104 4.3.1). */
  FIR("ccm fir"),
  /** The receiver's estimate of what the path carries. */
  REMB("goog-remb"),
  /** Arrival times of packets by their transport-wide sequence number. */
  TRANSPORT_CC("transport-cc");

  /** What every peer that knows feedback understands. */
  public static final Set<Feedback> BASIC = Collections.unmodifiableSet(EnumSet.of(NACK, PLI, FIR));

  private final String attribute;

  Feedback(String attribute) {
    this.attribute = attribute;
  }

  /** The value of {@code a=rtcp-fb} after the payload type. */
  public String attribute() {
    return attribute;
  }
}
