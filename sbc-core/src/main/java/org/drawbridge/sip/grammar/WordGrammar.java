package org.drawbridge.sip.grammar;

import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Params;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Headers that are one word with parameters. JAIN-SIP takes the blanks before a parameter, which
 * the examples of RFC 3891 have, for a part of the word, refuses in Replaces and Event what From
 * and Call-ID may hold, and a Retry-After of zero.
 *
 * @param word what stands before the first semicolon
 */
record WordGrammar(String word, Params params) {

  /** {@code callid *(SEMI replaces-param)} (RFC 3891 section 6.1). */
  static HeaderValue<Replaces> replaces(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    try {
      WordGrammar read = of(value);
      return new HeaderValue.Present<>(
          new Replaces(
              word(read.word),
              word(read.params.get("to-tag")),
              word(read.params.get("from-tag")),
              read.params.has("early-only")));
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.REPLACES);
    }
  }

  /** {@code event-type *(SEMI event-param)} (RFC 6665 section 8.4). */
  static HeaderValue<EventPackage> event(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    try {
      WordGrammar read = of(value);
      String id = read.params.has("id") ? token(read.params.get("id")) : null;
      return new HeaderValue.Present<>(new EventPackage(token(read.word), id));
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.EVENT);
    }
  }

  /** {@code substate-value *(SEMI subexp-params)} (RFC 6665 section 8.4). */
  static HeaderValue<SubscriptionState> subscriptionState(@Nullable String value) {
    if (value == null) {
      return new HeaderValue.Absent<>();
    }
    try {
      WordGrammar read = of(value);
      return new HeaderValue.Present<>(
          new SubscriptionState(
              token(read.word),
              NumberGrammar.seconds(read.params, "expires"),
              read.params.raw("reason"),
              NumberGrammar.seconds(read.params, "retry-after")));
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.SUBSCRIPTION_STATE);
    }
  }

  private static WordGrammar of(String value) throws SipSyntaxException {
    int semicolon = value.indexOf(';');
    int end = semicolon < 0 ? value.length() : semicolon;
    return new WordGrammar(value.substring(0, end).strip(), Params.parse(value, end));
  }

  private static String token(@Nullable String text) throws SipSyntaxException {
    if (text == null || !NumberGrammar.isToken(text, 0)) {
      throw new SipSyntaxException("not a token", 0);
    }
    return text;
  }

  /** Text without blanks and what could end it where it is written again. */
  private static String word(@Nullable String text) throws SipSyntaxException {
    if (text == null || text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == ';')) {
      throw new SipSyntaxException("not a word", 0);
    }
    return text;
  }
}
