package org.drawbridge.proxy.subscription;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.SubscriptionState;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Params;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/** What of one side's SUBSCRIBE and NOTIFY the other side gets to see. */
final class EventHeaders {

  /** The extension that lists of resources need (RFC 4662), which both ends must understand. */
  private static final String LISTS = "eventlist";

  private static final String SUPPRESS = "Suppress-If-Match";

  private EventHeaders() {}

  /** What describes the subscription, and a body that filters it. */
  static void passSubscribe(SipRequest from, MessageBuilder<SipRequest> to) {
    passEvent(from, to);
    to.copy(from, HeaderName.ACCEPT);
    to.copy(from, HeaderName.EXPIRES);
    from.headers().all(SUPPRESS).forEach(value -> to.header(SUPPRESS, value));
    passLists(from, HeaderName.SUPPORTED, to);
    HeaderPolicy.passBody(from, to);
  }

  /** The state and what it is about. */
  static void passNotify(SipRequest from, SubscriptionState state, MessageBuilder<SipRequest> to) {
    passEvent(from, to);
    to.header(HeaderName.SUBSCRIPTION_STATE, state.toString());
    to.copy(from, HeaderName.SIP_ETAG);
    passLists(from, HeaderName.REQUIRE, to);
  }

  /** What a 2xx to either says. */
  static void passSuccess(SipResponse from, MessageBuilder<SipResponse> to) {
    to.copy(from, HeaderName.EXPIRES);
    to.copy(from, HeaderName.REFER_SUB);
    passLists(from, HeaderName.REQUIRE, to);
  }

  /** The Event value with its type and id; null if there is none or it cannot be read. */
  static @Nullable String event(SipMessage message) {
    var event = HeaderGrammar.event(message.headers()).orNull();
    return event == null ? null : event.toString();
  }

  /**
   * Type and id, and what is said without a value, such as {@code sla} for a shared line or {@code
   * include-session-description} (RFC 4235). Values name dialogs and hosts of one side.
   */
  private static void passEvent(SipRequest from, MessageBuilder<SipRequest> to) {
    String event = event(from);
    if (event != null) {
      to.header(HeaderName.EVENT, event + flags(from));
    }
  }

  private static String flags(SipRequest from) {
    String value = String.valueOf(from.headers().first(HeaderName.EVENT));
    int semicolon = value.indexOf(';');
    try {
      return Params.parse(value, semicolon < 0 ? value.length() : semicolon).asList().stream()
          .filter(param -> param.value() == null)
          .map(param -> ';' + param.name())
          .collect(Collectors.joining());
    } catch (SipSyntaxException e) {
      return "";
    }
  }

  private static void passLists(
      SipMessage from, HeaderName name, MessageBuilder<? extends SipMessage> to) {
    List<String> tags = from.headers().values(name);
    if (tags.stream().anyMatch(tag -> tag.toLowerCase(Locale.ROOT).equals(LISTS))) {
      to.header(name, LISTS);
    }
  }
}
