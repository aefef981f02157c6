package org.drawbridge.media.relay;

import java.net.InetSocketAddress;

/** A socket to send from. Called on its media loop; a datagram that cannot be sent is lost. */
public interface Wire {

  /** Sends one datagram; the buffer may be reused when this returns. */
  void send(byte[] buf, int off, int len, InetSocketAddress to);
}
