package org.drawbridge.sip.dns;

/**
 * One SRV record (RFC 2782).
 *
 * @param priority lower is tried first
 * @param weight share among those of equal priority
 * @param port 0 to 65535
 * @param host name of the host, without a final dot; empty where the domain says that it does not
 *     offer the service
 */
record Srv(int priority, int weight, int port, String host) {}
