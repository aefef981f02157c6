package org.drawbridge.routing.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration file, checked: what stands here can be built.
 *
 * @param domains the SIP domains we serve, lower case; the first is the default; never empty
 * @param edge listeners, limits, defences and web pages
 * @param media media addresses, ports and codecs
 * @param accounts users and registrar bounds
 * @param routing trunks and routes
 * @param call call timers
 * @param operation log level, control socket and metrics
 */
public record SbcConfig(
    List<String> domains,
    EdgeConfig edge,
    MediaConfig media,
    AccountsConfig accounts,
    RoutingConfig routing,
    CallConfig call,
    OperationConfig operation) {

  public SbcConfig {
    domains = List.copyOf(domains);
  }

  /** What is logged. */
  public LoggingConfig logging() {
    return operation.logging();
  }

  /** The same with another control socket. */
  public SbcConfig controlledAt(@Nullable Path socket) {
    OperationConfig other = new OperationConfig(operation.logging(), socket, operation.metrics());
    return new SbcConfig(domains, edge, media, accounts, routing, call, other);
  }

  /** The same with other media. */
  public SbcConfig with(MediaConfig other) {
    return new SbcConfig(domains, edge, other, accounts, routing, call, operation);
  }

  /** The same with another edge. */
  public SbcConfig with(EdgeConfig other) {
    return new SbcConfig(domains, other, media, accounts, routing, call, operation);
  }

  /** The same with other accounts. */
  public SbcConfig with(AccountsConfig other) {
    return new SbcConfig(domains, edge, media, other, routing, call, operation);
  }

  /** The domains whose accounts are ours and not those of a PBX behind us; may be empty. */
  public List<String> ownDomains() {
    return domains.stream().filter(name -> !accounts.relayed().containsKey(name)).toList();
  }

  /** The domain of accounts that name none. */
  public String defaultDomain() {
    return domains.getFirst();
  }
}
