package org.drawbridge.media.net;

import org.drawbridge.media.relay.Wire;

/** One bound, non-blocking UDP socket. Made and closed by any thread, used by its media loop. */
sealed interface UdpPort extends Wire, AutoCloseable permits NioUdpPort, LinuxUdpPort {

  /** Expedited forwarding (RFC 3246), as RFC 8837 recommends for interactive audio. */
  int DSCP_EF = 46 << 2;

  /** The bound port number. */
  int port();

  @Override
  void close();
}
