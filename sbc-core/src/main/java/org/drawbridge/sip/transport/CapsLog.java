package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;

/** Tells which connections {@link ConnectionCaps} does not let be, not too often. Thread-safe. */
final class CapsLog {
  private static final Logger LOG = LogManager.getLogger(ConnectionCaps.class);

  private final LinesOfNetworks lines = new LinesOfNetworks(Duration.ofSeconds(10));

  /**
   * One was closed for what it made us keep.
   *
   * @param known whether it had shown whose it was
   */
  void closed(Transport transport, Channel channel, InetAddress address, boolean known) {
    if (lines.isDue(address)) {
      LOG.warn(
          "Closed a {} connection from {}: {} fill the memory with what they do not end or do not"
              + " read",
          transport,
          channel.remoteAddress(),
          known ? "peers" : "those who have not shown who they are");
    }
  }

  /** One was not let in. */
  void refused(Transport transport, Kind kind, InetAddress peer, TransportLimits limits) {
    if (lines.isDue(peer)) {
      String why =
          kind == Kind.REFUSED_PEER
              ? limits.connectionsPerPeer() + " open from there"
              : limits.connections()
                  + " open in all, or as many of strangers as there is memory for";
      LOG.warn("Refused a {} connection from {}: {}", transport, peer.getHostAddress(), why);
    }
  }
}
