package org.drawbridge.sip.flow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes when no flow to the peer exists yet, as a URI says it (RFC 3263 section 4).
 *
 * @param transport how to get there, or null where the URI does not say
 * @param host host name or IP literal (IPv6 with or without brackets)
 * @param port 1 to 65535, or 0 where the URI does not say
 * @param secure whether the URI is a SIPS URI, so that only TLS will do
 * @param identity whose certificate and authorities TLS is done with; empty for the usual ones
 * @param first the target to try before those that name servers know; null for none
 */
public record Destination(
    @Nullable Transport transport,
    String host,
    int port,
    boolean secure,
    String identity,
    @Nullable Target first) {

  /** With no target before others. */
  public Destination(
      @Nullable Transport transport, String host, int port, boolean secure, String identity) {
    this(transport, host, port, secure, identity, null);
  }

  /** Where TLS is done as usual. */
  public Destination(@Nullable Transport transport, String host, int port, boolean secure) {
    this(transport, host, port, secure, "");
  }

  /** A destination of which transport and port are known. */
  public Destination(Transport transport, String host, int port) {
    this(transport, host, port, transport.isSecure());
  }

  /** The same where TLS is done with this identity. */
  public Destination as(String other) {
    return new Destination(transport, host, port, secure, other);
  }

  /** The same, beginning at the far end of a flow that has led there. */
  public Destination beginningAt(Flow flow) {
    Target there = new Target(flow.transport(), flow.remote(), host, identity);
    return new Destination(transport, host, port, secure, identity, there);
  }

  /** The transport, where no name server says otherwise: TLS for SIPS, else UDP. */
  public Transport transportOrDefault() {
    if (transport == null) {
      return secure ? Transport.TLS : Transport.UDP;
    }
    return secure && transport == Transport.TCP ? Transport.TLS : transport;
  }

  /** The port, where no name server says otherwise. */
  public int portOrDefault() {
    return port == 0 ? transportOrDefault().defaultPort() : port;
  }

  /** The one target of a numeric host, null for a name. */
  public @Nullable Target literal() {
    InetAddress address = IpLiteral.parse(host);
    return address == null
        ? null
        : new Target(
            transportOrDefault(), new InetSocketAddress(address, portOrDefault()), host, identity);
  }
}
