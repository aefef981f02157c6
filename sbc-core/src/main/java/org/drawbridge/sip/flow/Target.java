package org.drawbridge.sip.flow;

import java.net.InetSocketAddress;

/**
 * One place a request can be sent to, as RFC 3263 finds it.
 *
 * @param transport UDP, TCP or TLS
 * @param address resolved address and port
 * @param name the host that was asked for, which a certificate there has to be for (RFC 5922
 *     section 4)
 */
public record Target(Transport transport, InetSocketAddress address, String name) {}
