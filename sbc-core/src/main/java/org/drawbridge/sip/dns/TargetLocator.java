package org.drawbridge.sip.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the targets of a destination (RFC 3263 sections 4.1 and 4.2): a transport by NAPTR, hosts
 * and ports by SRV, addresses by A and AAAA. At most 23 questions and {@link #MAX_TARGETS} targets
 * each time. Thread-safe; blocks nobody.
 */
public final class TargetLocator {

  /** Hosts whose addresses are asked for. */
  private static final int MAX_HOSTS = 8;

  /** Addresses that are tried. */
  static final int MAX_TARGETS = 16;

  private static final List<InetAddress> LOOPBACK =
      Stream.of("127.0.0.1", "::1").map(InetAddress::ofLiteral).toList();

  private final Dns dns;
  private final Set<Transport> usable;
  private final RandomGenerator random;
  private final DnsCounters counters;

  /** A transport to a host, and what it is called where its addresses are asked for. */
  private record Host(Transport transport, String name, int port) {}

  TargetLocator(Dns dns, Set<Transport> usable, RandomGenerator random, DnsCounters counters) {
    this.dns = dns;
    this.usable = Set.copyOf(usable);
    this.random = random;
    this.counters = counters;
  }

  /**
   * Asks name servers.
   *
   * @param usable the transports we can send over: a domain's wish for another is passed over
   */
  public static TargetLocator of(
      DnsSettings settings, Set<Transport> usable, RandomGenerator random, DnsCounters counters) {
    return new TargetLocator(DnsLookups.of(settings, counters), usable, random, counters);
  }

  /**
   * Finds the targets.
   *
   * @return at least one, the best first; or failed with an {@link IOException} that says why
   */
  public CompletableFuture<List<Target>> locate(Destination destination) {
    Target literal = destination.literal();
    if (literal != null) {
      return CompletableFuture.completedFuture(List.of(literal));
    }
    String host = bare(destination.host());
    if (isOrUnder(host, "invalid")) {
      return nowhere(destination.host() + " stands for no address (RFC 2606)");
    }
    if (isOrUnder(host, "localhost")) {
      return CompletableFuture.completedFuture(fixed(destination, LOOPBACK));
    }
    return dns.local(host)
        .thenCompose(
            local ->
                local.isEmpty()
                    ? ask(destination, host)
                    : CompletableFuture.completedFuture(fixed(destination, local)));
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isOrUnder(String host, String top) {
    return host.equals(top) || host.endsWith('.' + top);
  }

  private static List<Target> fixed(Destination destination, List<InetAddress> addresses) {
    Host host =
        new Host(destination.transportOrDefault(), destination.host(), destination.portOrDefault());
    return addresses.stream().map(address -> target(destination, host, address)).toList();
  }

  private static Target target(Destination destination, Host host, InetAddress address) {
    return new Target(
        host.transport,
        new InetSocketAddress(address, host.port),
        bare(destination.host()),
        destination.identity());
  }

  private CompletableFuture<List<Target>> ask(Destination destination, String host) {
    Host itself = new Host(destination.transportOrDefault(), host, destination.portOrDefault());
    if (destination.port() != 0) {
      return addresses(destination, List.of(itself));
    }
    return services(destination, host)
        .thenCompose(this::hosts)
        .thenCompose(
            hosts -> {
              if (hosts == null) {
                return addresses(destination, List.of(itself));
              }
              return hosts.isEmpty()
                  ? nowhere(host + " says that it takes no SIP")
                  : addresses(destination, hosts);
            });
  }

  /** RFC 3263 section 4.1. A server that knows no NAPTR at all is as good as a domain without. */
  private CompletableFuture<List<Service>> services(Destination destination, String host) {
    if (destination.transport() != null) {
      return CompletableFuture.completedFuture(
          List.of(Service.of(destination.transportOrDefault(), host)));
    }
    boolean secure = destination.secure();
    return dns.naptr(host)
        .exceptionally(_ -> List.of())
        .thenApply(
            records -> {
              List<Service> named = Service.named(records, secure, usable);
              return named.isEmpty() ? Service.usual(host, secure, usable) : named;
            });
  }

  /** The hosts of all services; null where there are no SRV records at all. */
  private CompletableFuture<@Nullable List<Host>> hosts(List<Service> services) {
    List<CompletableFuture<List<Srv>>> answers =
        services.stream()
            .map(service -> dns.srv(service.srvName()).exceptionally(_ -> List.of()))
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> {
              List<Host> hosts = new ArrayList<>();
              boolean any = false;
              for (int i = 0; i < services.size(); i++) {
                List<Srv> records = answers.get(i).join();
                any |= !records.isEmpty();
                hosts.addAll(hosts(services.get(i).transport(), records));
              }
              return any ? hosts : null;
            });
  }

  /** A host of no name says that the service is not there (RFC 2782). */
  private List<Host> hosts(Transport transport, List<Srv> records) {
    return SrvOrder.of(records, random).stream()
        .filter(record -> !record.host().isEmpty() && record.port() != 0)
        .map(record -> new Host(transport, record.host(), record.port()))
        .toList();
  }

  private CompletableFuture<List<Target>> addresses(Destination destination, List<Host> all) {
    List<Host> hosts = all.subList(0, Math.min(all.size(), MAX_HOSTS));
    List<CompletableFuture<List<InetAddress>>> answers =
        hosts.stream().map(host -> addresses(host.name)).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> failure)
        .thenCompose(
            failure -> {
              List<Target> targets = new ArrayList<>();
              for (int i = 0; i < hosts.size(); i++) {
                Host host = hosts.get(i);
                known(answers.get(i)).forEach(a -> targets.add(target(destination, host, a)));
              }
              return targets.isEmpty() && failure != null
                  ? CompletableFuture.failedFuture(failure)
                  : limited(destination, targets, hosts.size() < all.size());
            });
  }

  private static List<InetAddress> known(CompletableFuture<List<InetAddress>> answer) {
    return answer.isCompletedExceptionally() ? List.of() : answer.join();
  }

  private CompletableFuture<List<InetAddress>> addresses(String host) {
    return isOrUnder(host, "invalid")
        ? CompletableFuture.completedFuture(List.of())
        : dns.addresses(host);
  }

  private CompletableFuture<List<Target>> limited(
      Destination destination, List<Target> targets, boolean hostsLeftOut) {
    if (targets.isEmpty()) {
      return nowhere(destination.host() + " has no address");
    }
    boolean tooMany = targets.size() > MAX_TARGETS;
    if (tooMany || hostsLeftOut) {
      counters.count(DnsCounters.Kind.TOO_MANY_TARGETS);
    }
    return CompletableFuture.completedFuture(
        tooMany ? List.copyOf(targets.subList(0, MAX_TARGETS)) : targets);
  }

  private static <T> CompletableFuture<T> nowhere(String why) {
    return CompletableFuture.failedFuture(new UnknownHostException(why));
  }
}
