package org.drawbridge.sip.flow;

import org.jspecify.annotations.Nullable;

/**
 * Names a flow. The id of a stream is unguessable and dies with the connection; that of a UDP flow
 * is made of listener and remote address, so it means the same after a restart.
 */
public record FlowId(String value) {

  /** What the ids of UDP flows begin with, and no others. */
  public static final String DATAGRAM_PREFIX = "udp/";

  /** Names no flow: who has it cannot be reached until it comes back. */
  public static final FlowId NONE = new FlowId("");

  /**
   * Names no flow either: who has it is reached through the proxy that it registered by, to which a
   * connection is made when there is something to send (RFC 3327).
   */
  public static final FlowId BY_PATH = new FlowId("path");

  /** Whether it names the same flow after a restart of this process. */
  public boolean outlivesProcess() {
    return value.startsWith(DATAGRAM_PREFIX) || equals(BY_PATH);
  }

  /** The numeric host that a UDP flow leads to, IPv6 in brackets; null of any other flow. */
  public @Nullable String datagramHost() {
    return value.startsWith(DATAGRAM_PREFIX)
        ? value.substring(value.lastIndexOf('/') + 1, value.lastIndexOf(':'))
        : null;
  }

  @Override
  public String toString() {
    return value;
  }
}
