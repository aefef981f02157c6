package org.drawbridge.proxy;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageCopy;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request within a dialog that was begun through us, our own part of it taken off (RFC
 * 3261 sections 16.4 and 16.6 item 6, strict routers before and after us included).
 *
 * @param end the end of the dialog that it is for
 * @param next the URI whose address is the next one
 * @param requestUri the Request-URI it goes on with
 * @param routes the Route values it goes on with
 * @param relay what relays the media of the call, null if nothing does
 * @param ours how many Route values were ours; -1 where a strict router changed more than that
 */
record LooseRoute(
    DialogEnd end,
    @Nullable String relay,
    Uri next,
    Uri requestUri,
    List<NameAddr> routes,
    int ours) {

  /** Reads it; null if the request has no Route of ours, or one of another dialog. */
  static @Nullable LooseRoute of(SipRequest request, FlowTokens tokens) {
    List<NameAddr> routes = request.routes();
    if (routes.isEmpty()) {
      return null;
    }
    String token = user(routes.getFirst().uri());
    if (token != null && !token.equals(user(request.requestUri()))) {
      DialogEnd end = read(tokens, token, request);
      if (end != null) {
        int ours = leading(routes, token);
        String relay = relay(routes.getFirst().uri());
        return leaving(end, relay, request.requestUri(), routes.subList(ours, routes.size()), ours);
      }
    }
    return afterStrictRouter(request, tokens);
  }

  /** A strict router puts us into the Request-URI, and the Request-URI last into the Route. */
  private static @Nullable LooseRoute afterStrictRouter(SipRequest request, FlowTokens tokens) {
    String token = user(request.requestUri());
    DialogEnd end = token == null ? null : read(tokens, token, request);
    if (token == null || end == null) {
      return null;
    }
    List<NameAddr> routes = request.routes();
    List<NameAddr> left = routes.subList(leading(routes, token), routes.size());
    if (left.isEmpty()) {
      return null;
    }
    return leaving(
        end,
        relay(request.requestUri()),
        left.getLast().uri(),
        left.subList(0, left.size() - 1),
        -1);
  }

  private static @Nullable DialogEnd read(FlowTokens tokens, String token, SipRequest request) {
    return tokens.read(token, request.callId(), request.fromTag(), request.toTag());
  }

  /** How many values from the first on carry this token: two where the sides differ (RFC 5658). */
  private static int leading(List<NameAddr> routes, String token) {
    int count = 0;
    while (count < routes.size() && token.equals(user(routes.get(count).uri()))) {
      count++;
    }
    return count;
  }

  private static LooseRoute leaving(
      DialogEnd end, @Nullable String relay, Uri requestUri, List<NameAddr> routes, int ours) {
    if (routes.isEmpty()) {
      return new LooseRoute(end, relay, requestUri, requestUri, routes, ours);
    }
    Uri next = routes.getFirst().uri();
    if (!(next instanceof SipUri uri) || uri.isLooseRouter()) {
      return new LooseRoute(end, relay, next, requestUri, routes, ours);
    }
    List<NameAddr> shifted = new ArrayList<>(routes.subList(1, routes.size()));
    shifted.add(NameAddr.of(requestUri));
    return new LooseRoute(end, relay, next, next, shifted, -1);
  }

  private static @Nullable String relay(Uri uri) {
    return uri instanceof SipUri sip ? sip.params().get(RecordRoute.RELAY) : null;
  }

  private static @Nullable String user(Uri uri) {
    return uri instanceof SipUri sip ? sip.user() : null;
  }

  /** Makes a copy of the request go this way. */
  void apply(MessageCopy copy) {
    if (ours >= 0) {
      copy.removeFirst(HeaderName.ROUTE, ours);
      return;
    }
    copy.remove(HeaderName.ROUTE).requestUri(requestUri.toString());
    routes.forEach(route -> copy.add(HeaderName.ROUTE, route.toString()));
  }
}
