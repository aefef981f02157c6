package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Whose failure to speak as a listener does was logged lately: scanners try again and again, so
 * that an address, or an IPv6 /48, has one line a minute. Thread-safe, bounded.
 */
final class LoggedPeers {

  private static final LinesOfNetworks LINES = new LinesOfNetworks(Duration.ofMinutes(1));

  private LoggedPeers() {}

  /** The peer of a connection, if it may have a line now; then it has had it. */
  static @Nullable InetSocketAddress next(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress peer
            && LINES.isDue(peer.getAddress())
        ? peer
        : null;
  }

  /** Our end of a connection in words, such as {@code wss port 8443}. */
  static String port(Channel channel, Transport transport) {
    String name = transport.name().toLowerCase(Locale.ROOT);
    return channel.localAddress() instanceof InetSocketAddress local
        ? name + " port " + local.getPort()
        : name;
  }
}
