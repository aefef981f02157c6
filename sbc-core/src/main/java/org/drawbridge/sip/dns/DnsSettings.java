package org.drawbridge.sip.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How names are asked for.
 *
 * @param servers name servers, tried in this order; none for those this machine is set up with
 * @param timeout how long the answer to one question may take, over all servers and repeats
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout) {

  /** The servers of the machine, 3 s. */
  public static final DnsSettings DEFAULT = new DnsSettings(List.of(), Duration.ofSeconds(3));

  public DnsSettings {
    servers = List.copyOf(servers);
  }
}
