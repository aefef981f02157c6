package org.drawbridge.routing.config;

import java.util.List;

/**
 * The whole configuration file, checked: what stands here can be built.
 *
 * @param domains our SIP domains, lower case; the first is the default; never empty
 * @param edge listeners, limits, defences and web pages
 * @param media media addresses, ports and codecs
 * @param accounts users and registrar bounds
 * @param routing trunks and routes
 * @param call call timers
 * @param logging log level
 */
public record SbcConfig(
    List<String> domains,
    EdgeConfig edge,
    MediaConfig media,
    AccountsConfig accounts,
    RoutingConfig routing,
    CallConfig call,
    LoggingConfig logging) {

  public SbcConfig {
    domains = List.copyOf(domains);
  }

  /** The domain of accounts that name none. */
  public String defaultDomain() {
    return domains.getFirst();
  }
}
