package org.drawbridge.sip.transport;

import java.net.InetSocketAddress;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * How UDP flows are named: {@code udp/0.0.0.0:5060/192.0.2.7:5062}, from which the flow can be made
 * again after a restart.
 *
 * @param bound the socket's address
 * @param remote the peer's
 */
record UdpFlowId(InetSocketAddress bound, InetSocketAddress remote) {

  static FlowId of(InetSocketAddress bound, InetSocketAddress remote) {
    return new FlowId(
        FlowId.DATAGRAM_PREFIX + Addresses.hostPort(bound) + '/' + Addresses.hostPort(remote));
  }

  /** Reads an id; null if it is none of a UDP flow. */
  static @Nullable UdpFlowId parse(FlowId id) {
    String value = id.value();
    int slash = value.lastIndexOf('/');
    if (!id.outlivesProcess() || slash < FlowId.DATAGRAM_PREFIX.length()) {
      return null;
    }
    InetSocketAddress bound =
        Addresses.parse(value.substring(FlowId.DATAGRAM_PREFIX.length(), slash));
    InetSocketAddress remote = Addresses.parse(value.substring(slash + 1));
    return bound == null || remote == null || remote.getPort() == 0
        ? null
        : new UdpFlowId(bound, remote);
  }
}
