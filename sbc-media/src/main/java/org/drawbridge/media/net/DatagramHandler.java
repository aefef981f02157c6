package org.drawbridge.media.net;

import java.net.InetSocketAddress;

/** Takes the datagrams of one socket, on its media loop. */
interface DatagramHandler {

  /** Takes one datagram; buffer and content belong to the loop again when this returns. */
  void onDatagram(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos);
}
