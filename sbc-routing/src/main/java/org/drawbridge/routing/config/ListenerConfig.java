package org.drawbridge.routing.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.routing.value.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One socket that takes SIP.
 *
 * @param transport what is spoken there
 * @param bind local address and port
 * @param identity what it shows in TLS; set for tls and wss and only there
 * @param name host that peers are told to send to, or null for the address they reach
 * @param clients whose client certificates are taken; null where none is asked for
 * @param paths HTTP paths that accept a WebSocket; empty for every path
 * @param origins values of the Origin header that may open a WebSocket; empty for every one
 */
public record ListenerConfig(
    Transport transport,
    HostPort bind,
    @Nullable TlsIdentity identity,
    @Nullable String name,
    @Nullable ClientTrust clients,
    List<String> paths,
    List<String> origins) {

  public ListenerConfig {
    paths = List.copyOf(paths);
    origins = List.copyOf(origins);
  }

  /**
   * How clients prove who they are (RFC 5922).
   *
   * @param authorities PEM file of those who vouch for them
   * @param required whether a client without a certificate is turned away
   */
  public record ClientTrust(Path authorities, boolean required) {}

  /** Whether both could be one and the same socket. */
  public boolean sharesSocketWith(ListenerConfig other) {
    return transport.datagram() == other.transport.datagram() && bind.equals(other.bind);
  }

  /** Whether the two cannot be bound at the same time. */
  public boolean overlaps(ListenerConfig other) {
    return transport.datagram() == other.transport.datagram() && meets(other.bind);
  }

  /** Whether another socket of the same protocol cannot be bound there at the same time. */
  public boolean meets(HostPort other) {
    InetAddress one = bind.address();
    InetAddress two = other.address();
    boolean meet = one.equals(two) || one.isAnyLocalAddress() || two.isAnyLocalAddress();
    return bind.port() == other.port()
        && bind.port() != 0
        && one.getClass() == two.getClass()
        && meet;
  }

  /** As an operator would name it in a sentence, such as {@code wss 0.0.0.0:8443}. */
  public String describe() {
    return transport.token() + " " + bind;
  }
}
