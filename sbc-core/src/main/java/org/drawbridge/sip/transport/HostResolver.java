package org.drawbridge.sip.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/**
 * The addresses of a host, by A and AAAA records and the hosts file (RFC 3263 section 4.2). Answers
 * are remembered for their TTL. Blocks nobody: answers come on a thread of the resolver, or at
 * once. Thread-safe.
 */
final class HostResolver {
  private static final List<InetAddress> LOOPBACK =
      Stream.of("127.0.0.1", "::1").map(InetAddress::ofLiteral).toList();

  private final LookupSession session;
  private final Duration timeout;

  /** Asks as the machine is set up to. */
  static HostResolver ofSystem(Duration timeout) {
    return new HostResolver(
        LookupSession.defaultBuilder().cache(new Cache(DClass.IN)).build(), timeout);
  }

  HostResolver(LookupSession session, Duration timeout) {
    this.session = session;
    this.timeout = timeout;
  }

  /**
   * Finds the addresses of a host, IPv4 first.
   *
   * @param host a name or an IP literal
   * @return at least one address, or failed with {@link UnknownHostException}
   */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    InetAddress literal = Addresses.literal(host);
    if (literal != null) {
      return CompletableFuture.completedFuture(List.of(literal));
    }
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (bare.equals("localhost") || bare.endsWith(".localhost")) {
      return CompletableFuture.completedFuture(LOOPBACK);
    }
    if (bare.equals("invalid") || bare.endsWith(".invalid")) {
      return unknown(host + " stands for no address (RFC 2606)");
    }
    return ask(name);
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    Name name;
    try {
      name = Name.fromString(host);
    } catch (TextParseException e) {
      return unknown(host + " is no host name");
    }
    CompletableFuture<List<InetAddress>> v4 = ask(name, Type.A);
    CompletableFuture<List<InetAddress>> v6 = ask(name, Type.AAAA);
    return v4.thenCombine(v6, (a, b) -> Stream.concat(a.stream(), b.stream()).toList())
        .thenCompose(
            all ->
                all.isEmpty()
                    ? unknown(host + " has no address")
                    : CompletableFuture.completedFuture(all));
  }

  /** The addresses of one family; none if the name, the records or an answer in time is missing. */
  private CompletableFuture<List<InetAddress>> ask(Name name, int type) {
    return session
        .lookupAsync(name, type)
        .toCompletableFuture()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((result, failure) -> failure == null ? addresses(result.getRecords()) : List.of());
  }

  private static List<InetAddress> addresses(List<Record> records) {
    return records.stream().flatMap(HostResolver::address).toList();
  }

  private static Stream<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord a -> Stream.of(a.getAddress());
      case AAAARecord aaaa -> Stream.of(aaaa.getAddress());
      default -> Stream.empty();
    };
  }

  private static CompletableFuture<List<InetAddress>> unknown(String why) {
    return CompletableFuture.failedFuture(new UnknownHostException(why));
  }
}
