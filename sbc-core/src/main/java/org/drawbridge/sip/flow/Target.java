package org.drawbridge.sip.flow;

import java.net.InetSocketAddress;

/**
 * One place a request can be sent to, as RFC 3263 finds it.
 *
 * @param transport UDP, TCP or TLS
 * @param address resolved address and port
 * @param name the host that was asked for, which a certificate there has to be for (RFC 5922
 *     section 4)
 * @param identity whose certificate and authorities TLS is done with; empty for the usual ones
 */
public record Target(Transport transport, InetSocketAddress address, String name, String identity) {

  /** To whom TLS is done as usual. */
  public Target(Transport transport, InetSocketAddress address, String name) {
    this(transport, address, name, "");
  }
}
