package org.drawbridge.sip.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Connections that trunks opened and offer for our requests to them too (RFC 5923), by the address
 * they come from and the port they say they listen on. Plain TCP only: over TLS the peer would have
 * to show a certificate, which we ask nobody for. Thread-safe; at its cap no more are taken.
 */
final class Aliases {
  private static final int MOST = 1_000;

  private final TransportCounters counters;
  private final ConcurrentHashMap<InetSocketAddress, StreamFlow> byAddress =
      new ConcurrentHashMap<>();

  Aliases(TransportCounters counters) {
    this.counters = counters;
  }

  /** The last connection that was offered for an address is the one that is used. */
  void add(StreamFlow flow, int port) {
    if (flow.transport() != Transport.TCP) {
      return;
    }
    InetSocketAddress address = new InetSocketAddress(flow.remote().getAddress(), port);
    if (byAddress.get(address) == flow) {
      return;
    }
    if (byAddress.size() >= MOST && !byAddress.containsKey(address)) {
      counters.count(Transport.TCP, Kind.ALIASES_REFUSED);
      return;
    }
    byAddress.put(address, flow);
    flow.onGone(() -> byAddress.remove(address, flow));
  }

  /** The open connection that was offered for a target, null if there is none. */
  @Nullable StreamFlow find(Target target) {
    if (target.transport() != Transport.TCP) {
      return null;
    }
    StreamFlow flow = byAddress.get(target.address());
    return flow != null && flow.isOpen() ? flow : null;
  }
}
