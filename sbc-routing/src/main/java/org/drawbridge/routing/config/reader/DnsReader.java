package org.drawbridge.routing.config.reader;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.config.DnsConfig;
import org.drawbridge.routing.value.Addresses;
import org.drawbridge.routing.value.HostPort;
import org.drawbridge.routing.yaml.NetworkScalars;
import org.drawbridge.routing.yaml.Scalars;
import org.drawbridge.routing.yaml.Section;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads {@code dns}. */
final class DnsReader {

  static final DnsConfig DEFAULT = new DnsConfig(List.of(), Duration.ofSeconds(3));

  private static final int PORT = 53;

  private DnsReader() {}

  static DnsConfig read(Section section) {
    return new DnsConfig(
        section.list("servers", DnsReader::server, List.of()),
        section.optional(
            "timeout",
            Scalars.duration(Duration.ofMillis(300), Duration.ofSeconds(30)),
            DEFAULT.timeout()));
  }

  /** A numeric address, with a port where it is not that of DNS. */
  private static @Nullable HostPort server(YamlValue value) {
    String text = value.text();
    InetAddress address = text == null ? null : Addresses.literal(text);
    if (text == null || address != null) {
      return address == null ? null : new HostPort(address, PORT);
    }
    HostPort server = NetworkScalars.hostPort(value);
    return server != null && server.port() == 0 ? value.problem("a port is missing here") : server;
  }
}
