package org.drawbridge.reach;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.PrivateAddress;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Where a trunk wants the requests inside a dialog: at the first proxy that recorded itself, else
 * at its Contact (RFC 3261 section 12.2.1.1). Accounts are never asked this: they are reached over
 * their flow.
 */
public final class NextHop {

  private NextHop() {}

  /**
   * The destination when it is another than the far end of the flow that the dialog came about on,
   * else null.
   *
   * <p>A private Contact of a trunk with a public address is that of a PBX behind a NAT, and is not
   * followed.
   */
  public static @Nullable Destination elsewhere(Dialog dialog, Peer peer) {
    Destination next = of(dialog, peer);
    return next == null || isThere(next, dialog.flow()) ? null : next;
  }

  /**
   * The proxy an account's dialog came through, where it has recorded the address that its
   * connection came from, so that another can be made; else null.
   */
  public static @Nullable Destination proxy(Dialog dialog, Peer peer) {
    Flow flow = dialog.flow();
    if (!dialog.hasRoute()
        || !flow.transport().isReliable()
        || flow.remote().getAddress().isLoopbackAddress() // what else listens here is no proxy
        || peer instanceof Peer.OfTrunk) {
      return null;
    }
    Destination next = of(dialog, peer);
    InetAddress address = next == null ? null : literal(next.host());
    return flow.remote().getAddress().equals(address) ? next : null;
  }

  /**
   * As {@link #elsewhere}, where that is another of the trunk's own addresses, of which it may send
   * from one and listen at another; null for accounts and for connections, which serve both ways. A
   * trunk's address with another port is that of its NAT.
   */
  public static @Nullable Destination within(Dialog dialog, Peer peer, TrunkIndex trunks) {
    if (!(peer instanceof Peer.OfTrunk(Trunk trunk, _))
        || dialog.flow().transport() != Transport.UDP) {
      return null;
    }
    Destination next = of(dialog, peer);
    InetAddress address = next == null ? null : literal(next.host());
    if (address == null || address.equals(dialog.flow().remote().getAddress())) {
      return null;
    }
    Trunk there = trunks.byAddress(address);
    return there != null && there.name().equals(trunk.name()) ? next : null;
  }

  /**
   * Gets a flow to a trunk whose own is gone: to where its dialog lives, for another of the trunk's
   * hosts need not know it; and else to the host that was called, or to another.
   *
   * @param result told on the loop
   */
  public static void reconnect(
      CallServices services, Dialog dialog, Peer.OfTrunk peer, Consumer<FlowResult> result) {
    Trunk trunk = peer.trunk();
    Set<Destination> ways = new LinkedHashSet<>();
    Destination next = of(dialog, peer);
    if (next != null) {
      ways.add(next);
    }
    ways.add(Outgoing.destination(trunk, peer.host()));
    trunk.targets().forEach(host -> ways.add(Outgoing.destination(trunk, host)));
    first(services, ways.iterator(), result);
  }

  /** Gets a flow to the first of these that can be reached, of which there is at least one. */
  public static void first(
      CallServices services, Iterator<Destination> ways, Consumer<FlowResult> result) {
    services
        .flows()
        .obtain(
            ways.next(),
            services.loop(),
            got -> {
              if (got instanceof FlowResult.Unreachable && ways.hasNext()) {
                first(services, ways, result);
              } else {
                result.accept(got);
              }
            });
  }

  /** Where the next request goes by what the peer says; null where that is not followed. */
  private static @Nullable Destination of(Dialog dialog, Peer peer) {
    Flow flow = dialog.flow();
    if (!(dialog.nextHop() instanceof SipUri uri) || flow.transport().isWebSocket()) {
      return null;
    }
    Transport transport = transport(uri, flow);
    Destination next =
        new Destination(transport, uri.bareHost(), port(uri, transport)).as(identity(peer));
    return !dialog.hasRoute() && isHidden(next, flow) ? null : next;
  }

  private static String identity(Peer peer) {
    return peer instanceof Peer.OfTrunk(var trunk, _) ? Outgoing.identity(trunk) : "";
  }

  /**
   * A URI that names no transport is meant for the one in use: trunks over TCP often leave it out.
   */
  private static Transport transport(SipUri uri, Flow flow) {
    if (uri.isSecure()) {
      return Transport.TLS;
    }
    String named = uri.transport();
    Transport transport = named == null ? null : Transport.fromVia(named);
    return transport == null || transport.isWebSocket() ? flow.transport() : transport;
  }

  /** 0 for a name without a port, whose SRV records know (RFC 3263 section 4.2). */
  private static int port(SipUri uri, Transport transport) {
    if (uri.port() >= 0) {
      return uri.port();
    }
    return literal(uri.bareHost()) == null ? 0 : transport.defaultPort();
  }

  private static boolean isThere(Destination next, Flow flow) {
    InetSocketAddress remote = flow.remote();
    InetAddress literal = literal(next.host());
    return next.transport() == flow.transport()
        && next.port() == remote.getPort()
        && remote.getAddress().equals(literal);
  }

  private static boolean isHidden(Destination next, Flow flow) {
    InetAddress literal = literal(next.host());
    return literal == null
        ? next.host().endsWith(".invalid")
        : PrivateAddress.is(literal) && !PrivateAddress.is(flow.remote().getAddress());
  }

  /** The address a host is, or null where it is a name. */
  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
