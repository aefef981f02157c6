package org.drawbridge.routing.condition;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.routing.value.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Facts that are told rather than taken from a request, as for a rehearsal.
 *
 * @param headers by their full names
 */
public record KnownFacts(
    @Nullable InetAddress address, @Nullable Transport transport, List<Header> headers, Offer offer)
    implements RequestFacts {

  public KnownFacts {
    headers = List.copyOf(headers);
  }

  @Override
  public List<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** One header line. */
  public record Header(String name, String value) {}
}
