package org.drawbridge.routing.config;

import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.value.HostPort;

/**
 * How the names of trunks are looked up.
 *
 * @param servers name servers in the order they are asked; none for those of the machine
 * @param timeout how long the answer to one question may take
 */
public record DnsConfig(List<HostPort> servers, Duration timeout) {

  public DnsConfig {
    servers = List.copyOf(servers);
  }
}
