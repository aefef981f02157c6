package org.drawbridge.sip.transport;

import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.FlowSink;

/** What all sockets of one {@link Transports} share. Thread-safe, as its parts are. */
record Edge(
    FlowSink sink,
    FlowTable flows,
    SourceAddresses sources,
    TransportCounters counters,
    DnsCounters dns,
    TransportLimits limits) {}
