package org.drawbridge.sip.transport;

import java.util.function.Supplier;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.FlowSink;

/**
 * What all sockets of one {@link Transports} share. Thread-safe, as its parts are.
 *
 * @param current what a peer may cost us now; a reload may change it
 */
record Edge(
    FlowSink sink,
    FlowTable flows,
    SourceAddresses sources,
    TransportCounters counters,
    DnsCounters dns,
    Supplier<TransportLimits> current) {

  /** With limits that never change. */
  Edge(
      FlowSink sink,
      FlowTable flows,
      SourceAddresses sources,
      TransportCounters counters,
      DnsCounters dns,
      TransportLimits limits) {
    this(sink, flows, sources, counters, dns, () -> limits);
  }

  TransportLimits limits() {
    return current.get();
  }
}
