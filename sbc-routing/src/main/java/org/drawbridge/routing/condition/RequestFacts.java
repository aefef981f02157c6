package org.drawbridge.routing.condition;

import java.net.InetAddress;
import java.util.List;
import org.drawbridge.routing.value.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a request itself shows, asked for only by routes that have a condition on it. Used by the
 * thread that routes the request.
 */
public interface RequestFacts {

  /** A request of which only caller and callee are known. */
  RequestFacts UNKNOWN = new KnownFacts(null, null, List.of(), Offer.NONE);

  /** The address it came from, as the network shows it; null where it is not known. */
  @Nullable InetAddress address();

  /** What it came over; null where it is not known. */
  @Nullable Transport transport();

  /** The values of the header lines of this name, in whatever case, also in its compact form. */
  List<String> header(String name);

  /** What it offers. */
  Offer offer();
}
