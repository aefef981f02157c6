package org.drawbridge.sip.flow;

/**
 * Where a request goes when no flow to the peer exists yet.
 *
 * @param transport how to get there
 * @param host host name or IP literal (IPv6 without brackets)
 * @param port 1 to 65535
 */
public record Destination(Transport transport, String host, int port) {}
