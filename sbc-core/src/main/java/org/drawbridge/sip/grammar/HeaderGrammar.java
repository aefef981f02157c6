package org.drawbridge.sip.grammar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipSyntaxException;

/**
 * Reads the headers that are not needed to match and route a message. Any thread. Addresses go
 * through {@link NameAddr}, so that one URI never reads in two ways.
 */
public final class HeaderGrammar {
  private HeaderGrammar() {}

  /** Session-Expires (RFC 4028). */
  public static HeaderValue<SessionExpires> sessionExpires(Headers headers) {
    return NumberGrammar.sessionExpires(headers.first(HeaderName.SESSION_EXPIRES));
  }

  /** Min-SE in seconds (RFC 4028). */
  public static HeaderValue<Integer> minSe(Headers headers) {
    return NumberGrammar.minSe(headers.first(HeaderName.MIN_SE));
  }

  /** Replaces (RFC 3891); both tags are mandatory. */
  public static HeaderValue<Replaces> replaces(Headers headers) {
    return WordGrammar.replaces(headers.first(HeaderName.REPLACES));
  }

  /** A Replaces value that a URI carries, unescaped. */
  public static HeaderValue<Replaces> replaces(String value) {
    return WordGrammar.replaces(value);
  }

  /** Event (RFC 6665). */
  public static HeaderValue<EventPackage> event(Headers headers) {
    return WordGrammar.event(headers.first(HeaderName.EVENT));
  }

  /** Subscription-State (RFC 6665). */
  public static HeaderValue<SubscriptionState> subscriptionState(Headers headers) {
    return WordGrammar.subscriptionState(headers.first(HeaderName.SUBSCRIPTION_STATE));
  }

  /** The Reason values (RFC 3326); malformed ones are left out. */
  public static List<Reason> reasons(Headers headers) {
    List<Reason> out = new ArrayList<>(2);
    for (String value : headers.values(HeaderName.REASON)) {
      Reason reason =
          JainHeaders.read(
              HeaderName.REASON,
              value,
              gov.nist.javax.sip.header.Reason.class,
              HeaderGrammar::reason);
      if (reason != null) {
        out.add(reason);
      }
    }
    return out;
  }

  private static Reason reason(gov.nist.javax.sip.header.Reason parsed) {
    String text = parsed.getText();
    String plain = text == null ? null : text.replaceAll("\\\\(.)", "$1");
    return new Reason(
        parsed.getProtocol(), parsed.getCause(), plain, parsed.getParameter("location"));
  }

  /** RSeq (RFC 3262), 1 to 2^32-1. */
  public static HeaderValue<Long> rseq(Headers headers) {
    return NumberGrammar.rseq(headers.first(HeaderName.RSEQ));
  }

  /** RAck (RFC 3262). */
  public static HeaderValue<RAck> rack(Headers headers) {
    return NumberGrammar.rack(headers.first(HeaderName.RACK));
  }

  /**
   * The Digest credentials of a request; those of other schemes are passed over.
   *
   * @param name Authorization or Proxy-Authorization
   */
  public static HeaderValue<List<DigestCredentials>> credentials(Headers headers, HeaderName name) {
    return DigestGrammar.credentials(headers, name);
  }

  /**
   * The Digest challenges of a response in their order; those of other schemes are passed over.
   *
   * @param name WWW-Authenticate or Proxy-Authenticate
   */
  public static HeaderValue<List<DigestChallenge>> challenges(Headers headers, HeaderName name) {
    return DigestGrammar.challenges(headers, name);
  }

  /** Refer-To (RFC 3515). */
  public static HeaderValue<NameAddr> referTo(Headers headers) {
    List<String> values = headers.values(HeaderName.REFER_TO);
    if (values.size() != 1) {
      return headers.has(HeaderName.REFER_TO)
          ? HeaderValue.invalid(HeaderName.REFER_TO)
          : new HeaderValue.Absent<>();
    }
    try {
      return new HeaderValue.Present<>(NameAddr.parse(values.getFirst()));
    } catch (SipSyntaxException e) {
      return HeaderValue.invalid(HeaderName.REFER_TO);
    }
  }

  /**
   * The option tags of Supported, Require, Proxy-Require or Unsupported, in lower case and in
   * order; may be empty.
   */
  public static Set<String> optionTags(Headers headers, HeaderName name) {
    if (!headers.has(name)) {
      return Set.of();
    }
    Set<String> out = new LinkedHashSet<>();
    for (String tag : headers.values(name)) {
      out.add(tag.toLowerCase(Locale.ROOT));
    }
    return out;
  }

  /**
   * The option tags in these headers that are not known, as written and in order; empty if none.
   *
   * @param known in lower case
   */
  public static List<String> unknownTags(Headers headers, Set<String> known, HeaderName... names) {
    List<String> out = new ArrayList<>(0);
    for (HeaderName name : names) {
      if (headers.has(name)) {
        for (String tag : headers.values(name)) {
          if (!known.contains(tag.toLowerCase(Locale.ROOT))) {
            out.add(tag);
          }
        }
      }
    }
    return out;
  }

  /** The method tokens of Allow, in order; may be empty. */
  public static Set<String> allow(Headers headers) {
    return new LinkedHashSet<>(headers.values(HeaderName.ALLOW));
  }
}
