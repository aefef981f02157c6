package org.drawbridge.sip.transport;

import io.netty.channel.Channel;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.drawbridge.routing.value.Cidr;
import org.drawbridge.sip.flow.IpLiteral;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.transport.tls.ClientTls;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code listeners:}.
 *
 * @param transport what is spoken there
 * @param bind resolved address and port; a wildcard address takes all interfaces of its family,
 *     port 0 any free port
 * @param advertised what Via and Contact show instead of the socket's own address; without a port,
 *     the socket's
 * @param localNetworks whose peers are shown the socket's own address all the same
 * @param tls certificate and key; needed for {@link Transport#isSecure secure} transports, unused
 *     by others
 * @param clients whose certificates are taken from clients; null where none is asked for
 * @param webSocket who may upgrade; used by {@link Transport#isWebSocket WebSocket} transports only
 */
public record ListenerSettings(
    Transport transport,
    InetSocketAddress bind,
    @Nullable HostPort advertised,
    List<Cidr> localNetworks,
    @Nullable TlsFiles tls,
    @Nullable ClientTls clients,
    WebSocketRules webSocket) {

  public ListenerSettings {
    localNetworks = List.copyOf(localNetworks);
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException("cannot resolve " + bind.getHostString());
    }
    if (transport.isSecure() && tls == null) {
      throw new IllegalArgumentException(transport + " needs a certificate");
    }
  }

  /** A listener that shows all peers the same. */
  public ListenerSettings(
      Transport transport,
      InetSocketAddress bind,
      @Nullable HostPort advertised,
      @Nullable TlsFiles tls,
      @Nullable ClientTls clients,
      WebSocketRules webSocket) {
    this(transport, bind, advertised, List.of(), tls, clients, webSocket);
  }

  /** A listener without TLS that shows its own address and lets any page upgrade. */
  public static ListenerSettings plain(Transport transport, InetSocketAddress bind) {
    return new ListenerSettings(transport, bind, null, null, null, WebSocketRules.ANY);
  }

  /**
   * Whether peers at such an address are shown {@link #advertised}: it is of their family, or a
   * name, and they are of no local network.
   */
  boolean isAdvertisedTo(InetAddress peer) {
    if (advertised == null || Cidr.anyContains(localNetworks, peer)) {
      return false;
    }
    InetAddress literal = IpLiteral.parse(advertised.host());
    return literal == null || literal instanceof Inet4Address == peer instanceof Inet4Address;
  }

  /**
   * What Via and Contact show a peer.
   *
   * @param local the socket's own address
   */
  String sentBy(InetAddress peer, InetSocketAddress local) {
    if (advertised == null || !isAdvertisedTo(peer)) {
      return Addresses.hostPort(local);
    }
    int port = advertised.port() < 0 ? local.getPort() : advertised.port();
    return advertised.host() + ':' + port;
  }

  /** What they show the peer of a connection. */
  String sentBy(Channel accepted) {
    InetAddress peer = ((InetSocketAddress) accepted.remoteAddress()).getAddress();
    return sentBy(peer, (InetSocketAddress) accepted.localAddress());
  }

  /** As an operator would name it in a sentence, such as {@code wss 0.0.0.0:8443}. */
  public String describe() {
    return transport.name().toLowerCase(Locale.ROOT) + ' ' + Addresses.hostPort(bind);
  }
}
