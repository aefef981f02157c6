package org.drawbridge.proxy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * What else passes with a request outside a dialog, beyond what {@link HeaderPolicy} lets pass with
 * every one: what its method is useless without.
 */
final class MethodHeaders {

  private static final List<HeaderName> STATE =
      List.of(HeaderName.EXPIRES, HeaderName.SIP_IF_MATCH);
  private static final List<HeaderName> STORED = List.of(HeaderName.EXPIRES, HeaderName.SIP_ETAG);
  private static final List<HeaderName> ABILITIES =
      List.of(HeaderName.ACCEPT, HeaderName.ALLOW, HeaderName.ALLOW_EVENTS, HeaderName.SUPPORTED);

  private static final Pattern FLAG =
      Pattern.compile(";[A-Za-z0-9\\-]{1,40}=(?:true|false)(?=;|$)", Pattern.CASE_INSENSITIVE);

  private MethodHeaders() {}

  /**
   * Of a request: PUBLISH names its event and state (RFC 3903), NOTIFY both too, OPTIONS what it
   * can take.
   */
  static void pass(SipRequest from, MessageBuilder<SipRequest> to) {
    if (from.method() == Method.PUBLISH) {
      passEvent(from, "", to);
      copy(from, STATE, to);
    } else if (from.method() == Method.NOTIFY) {
      passEvent(from, flags(from), to);
      var state = HeaderGrammar.subscriptionState(from.headers()).orNull();
      to.header(HeaderName.SUBSCRIPTION_STATE, state == null ? "terminated" : state.toString());
    } else if (from.method() == Method.OPTIONS) {
      to.copy(from, HeaderName.ACCEPT);
    } else {
      to.copy(from, HeaderName.EXPIRES);
    }
  }

  private static void passEvent(SipRequest from, String flags, MessageBuilder<SipRequest> to) {
    var event = HeaderGrammar.event(from.headers()).orNull();
    if (event != null) {
      to.header(HeaderName.EVENT, event + flags);
    }
  }

  /** What tells a phone how to take it and names nobody, as in {@code check-sync;reboot=false}. */
  private static String flags(SipRequest from) {
    return FLAG.matcher(String.valueOf(from.headers().first(HeaderName.EVENT)))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining());
  }

  /** Of a 2xx: what was stored, or what the other side can do. */
  static void pass(Method method, SipResponse from, MessageBuilder<SipResponse> to) {
    if (method == Method.PUBLISH) {
      copy(from, STORED, to);
    } else if (method == Method.OPTIONS) {
      copy(from, ABILITIES, to);
    }
  }

  private static void copy(
      SipMessage from, List<HeaderName> names, MessageBuilder<? extends SipMessage> to) {
    names.forEach(name -> to.copy(from, name));
  }
}
