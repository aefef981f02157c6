package org.drawbridge.proxy;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.routing.value.SipTargetParser;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one trunk. A trunk may name another of them in Record-Route or Contact than the
 * one a dialog began with.
 */
record TrunkAddresses(Ruleset rules, String name) {

  /**
   * Where a URI leads within the trunk; null if that is where the flow leads anyway, or no address
   * in the trunk's {@code from}.
   */
  @Nullable Destination elsewhere(Uri next, @Nullable Flow flow) {
    InetAddress address = next instanceof SipUri uri ? literal(uri.bareHost()) : null;
    if (address == null || !(next instanceof SipUri uri) || !isOurs(address)) {
      return null;
    }
    Transport transport = transport(uri, flow);
    int port = uri.port() < 0 ? transport.defaultPort() : uri.port();
    return flow != null && isThere(address, port, transport, flow)
        ? null
        : new Destination(transport, uri.bareHost(), port).as(identity());
  }

  /**
   * Where the trunk is when its connection is gone: at that of its targets which the URI names,
   * else at any of the others; empty if there is no such trunk any more.
   */
  List<Destination> homes(Uri next) {
    Trunk trunk = trunk();
    if (trunk == null) {
      return List.of();
    }
    String named = next instanceof SipUri uri ? uri.bareHost() : "";
    return trunk.targets().stream()
        .sorted(Comparator.comparing(target -> !target.host().equalsIgnoreCase(named)))
        .map(target -> Outgoing.destination(trunk, target))
        .toList();
  }

  /** The trunk; an address that a route names without one is called like itself. */
  private @Nullable Trunk trunk() {
    Trunk trunk = rules.trunks().byName(name);
    SipTarget address = trunk == null ? SipTargetParser.parse(name) : null;
    return address == null ? trunk : Trunk.at(address);
  }

  private boolean isOurs(InetAddress address) {
    Trunk trunk = rules.trunks().byAddress(address);
    return trunk != null && trunk.name().equals(name);
  }

  private String identity() {
    Trunk trunk = rules.trunks().byName(name);
    return trunk == null ? "" : Outgoing.identity(trunk);
  }

  private static boolean isThere(InetAddress address, int port, Transport transport, Flow flow) {
    return transport == flow.transport()
        && port == flow.remote().getPort()
        && address.equals(flow.remote().getAddress());
  }

  /** A URI that names no transport is meant for the one in use. */
  private static Transport transport(SipUri uri, @Nullable Flow flow) {
    if (uri.isSecure()) {
      return Transport.TLS;
    }
    String named = uri.transport();
    Transport transport = named == null ? null : Transport.fromVia(named);
    Transport inUse = flow == null ? Transport.UDP : flow.transport();
    return transport == null || transport.isWebSocket() ? inUse : transport;
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
