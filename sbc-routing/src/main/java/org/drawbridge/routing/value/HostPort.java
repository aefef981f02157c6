package org.drawbridge.routing.value;

import java.net.InetAddress;

/**
 * A numeric address and a port to bind.
 *
 * @param address the local address; the wildcard address for all of them
 * @param port 0 to 65535, where 0 lets the system choose
 */
public record HostPort(InetAddress address, int port) {

  @Override
  public String toString() {
    String host = address.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
