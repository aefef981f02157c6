package org.drawbridge.upstream;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;

/**
 * The Service-Route of a registrar (RFC 3608): by which proxies of its house the requests of whom
 * it registered are to go. They still leave for the trunk's own targets, as for an outbound proxy,
 * whatever it names.
 */
final class ServiceRoute {

  /** A house has few proxies; more would make every request larger. */
  private static final int MAX_VALUES = 8;

  private ServiceRoute() {}

  /** The Route values; none where one of them cannot be followed, since the rest would mislead. */
  static List<String> of(SipResponse registered) {
    List<String> route = new ArrayList<>();
    for (String value : registered.headers().values(HeaderName.SERVICE_ROUTE)) {
      if (route.size() == MAX_VALUES || !isLoose(value)) {
        return List.of();
      }
      route.add(value);
    }
    return List.copyOf(route);
  }

  private static boolean isLoose(String value) {
    try {
      return NameAddr.parse(value).uri() instanceof SipUri uri && uri.isLooseRouter();
    } catch (SipSyntaxException _) {
      return false;
    }
  }
}
