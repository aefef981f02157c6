package org.drawbridge.sip.dialog;

import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;

/**
 * The proxies a dialog's requests pass, nearest first (RFC 3261 12.1). Immutable.
 *
 * @param routes Record-Route values in our order
 */
record RouteSet(List<NameAddr> routes) {

  /** As the UAS of the request learns it: in the order written. */
  static RouteSet ofRequest(SipMessage request) {
    return new RouteSet(List.copyOf(request.recordRoutes()));
  }

  /** As the UAC learns it from a response: in reverse. */
  static RouteSet ofResponse(SipMessage response) {
    return new RouteSet(List.copyOf(response.recordRoutes().reversed()));
  }

  /** Whom requests for this target go to: the first router, or the target where there is none. */
  Uri nextHop(Uri target) {
    return routes.isEmpty() ? target : routes.getFirst().uri();
  }

  /** A request for this target, with its Route headers (RFC 3261 12.2.1.1). */
  MessageBuilder<SipRequest> request(String methodToken, Uri target) {
    if (routes.isEmpty() || isLoose(routes.getFirst())) {
      return withRoutes(SipRequest.builder(methodToken, target), routes);
    }
    // A strict router wants to be the Request-URI and finds the target at the end of the route.
    Uri router = routes.getFirst().uri();
    MessageBuilder<SipRequest> request = SipRequest.builder(methodToken, withoutHeaders(router));
    return withRoutes(request, routes.subList(1, routes.size()))
        .header(HeaderName.ROUTE, NameAddr.of(target).toString());
  }

  private static MessageBuilder<SipRequest> withRoutes(
      MessageBuilder<SipRequest> request, List<NameAddr> routes) {
    for (NameAddr route : routes) {
      request.header(HeaderName.ROUTE, route.toString());
    }
    return request;
  }

  private static boolean isLoose(NameAddr route) {
    return route.uri() instanceof SipUri uri && uri.isLooseRouter();
  }

  private static Uri withoutHeaders(Uri uri) {
    return uri instanceof SipUri sip ? sip.withoutHeaders() : uri;
  }
}
