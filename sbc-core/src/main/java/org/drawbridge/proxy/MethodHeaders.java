package org.drawbridge.proxy;

import java.util.List;
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

  private MethodHeaders() {}

  /** Of a request: PUBLISH names its event and state (RFC 3903), OPTIONS what it can take. */
  static void pass(SipRequest from, MessageBuilder<SipRequest> to) {
    if (from.method() == Method.PUBLISH) {
      var event = HeaderGrammar.event(from.headers()).orNull();
      if (event != null) {
        to.header(HeaderName.EVENT, event.toString());
      }
      copy(from, STATE, to);
    } else if (from.method() == Method.OPTIONS) {
      to.copy(from, HeaderName.ACCEPT);
    } else {
      to.copy(from, HeaderName.EXPIRES);
    }
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
