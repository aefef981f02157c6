package org.drawbridge.app;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.drawbridge.routing.config.RouteConfig;
import org.drawbridge.routing.config.RouteConfig.Action;
import org.drawbridge.routing.config.RouteConfig.Target;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.NewAccount;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.BoundListener;

/**
 * What the person who started the program is told: where to point a browser and a phone, and with
 * which accounts.
 */
final class Banner {

  private Banner() {}

  /**
   * Writes it.
   *
   * @param config what it runs with
   * @param listeners the sockets that are open
   * @param made accounts made at this start, with passwords that are shown nowhere else; usually
   *     empty
   */
  static String text(SbcConfig config, List<BoundListener> listeners, List<NewAccount> made) {
    StringBuilder out = new StringBuilder("\nDrawbridge is up.\n\n");
    for (BoundListener listener : listeners) {
      out.append(
          listener.settings().transport().isWebSocket() ? browser(listener) : phone(listener));
    }
    out.append("  Domain   ").append(config.defaultDomain()).append('\n');
    if (!made.isEmpty()) {
      out.append("\n  Account  Password\n");
      for (NewAccount account : made) {
        out.append("  %-8s %s%n".formatted(account.account().name(), account.password().reveal()));
      }
      out.append(
          "\n  These passwords are shown this once: %s keeps only hashes.\n"
              .formatted(config.accounts().usersFile()));
    }
    if (config.routing().routes().stream().anyMatch(Banner::isEcho)) {
      out.append("\n  Dial \"echo\" to hear yourself.\n");
    }
    return out.toString();
  }

  private static boolean isEcho(RouteConfig route) {
    return route.when().callee() != null
        && route.when().callee().matches("echo")
        && route.action() instanceof Action.Deliver deliver
        && deliver.targets().contains(new Target.Service("echo", null));
  }

  private static String browser(BoundListener listener) {
    String scheme = listener.settings().transport() == Transport.WSS ? "https" : "http";
    String note =
        listener.settings().transport() == Transport.WSS
            ? ""
            : "   (browsers give the microphone to http pages on localhost only)";
    return "  Browser  %s://%s/%s%n".formatted(scheme, reachable(listener.address()), note);
  }

  private static String phone(BoundListener listener) {
    return "  Phone    %s (%s)%n"
        .formatted(
            reachable(listener.address()),
            listener.settings().transport().name().toLowerCase(Locale.ROOT));
  }

  /** The address to type: for a wildcard socket, one of this machine's that others can reach. */
  private static String reachable(InetSocketAddress bound) {
    InetAddress address =
        bound.getAddress().isAnyLocalAddress()
            ? typed(own(), bound.getAddress() instanceof Inet6Address)
            : bound.getAddress();
    String host = address.getHostAddress().replaceFirst("%.*", "");
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort();
  }

  /**
   * The address to type for all of this machine. A socket on {@code ::} serves IPv4 too, and that
   * is what most people reach; but where there is none, only IPv6 leads here.
   *
   * @param own addresses of this machine
   */
  static InetAddress typed(List<InetAddress> own, boolean ipv6Too) {
    return Stream.concat(
            own.stream().filter(Inet4Address.class::isInstance),
            own.stream().filter(address -> ipv6Too && address instanceof Inet6Address))
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .findFirst()
        .orElse(InetAddress.getLoopbackAddress());
  }

  private static List<InetAddress> own() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }
}
