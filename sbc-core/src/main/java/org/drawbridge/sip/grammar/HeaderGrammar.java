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
 * Reads the headers that are not needed to match and route a message. Any thread. JAIN-SIP's header
 * parsers are the grammar; addresses go through {@link NameAddr}, so that one URI never reads in
 * two ways.
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

  /** All Reason values (RFC 3326). */
  public static HeaderValue<List<Reason>> reasons(Headers headers) {
    return JainHeaders.all(
        headers.all(HeaderName.REASON),
        HeaderName.REASON,
        gov.nist.javax.sip.header.Reason.class,
        h -> new Reason(h.getProtocol(), h.getCause(), h.getText()));
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
    return address(headers, HeaderName.REFER_TO);
  }

  /** Referred-By (RFC 3892). */
  public static HeaderValue<NameAddr> referredBy(Headers headers) {
    return address(headers, HeaderName.REFERRED_BY);
  }

  /** All P-Asserted-Identity values (RFC 3325). */
  public static HeaderValue<List<NameAddr>> assertedIdentities(Headers headers) {
    return addresses(headers, HeaderName.P_ASSERTED_IDENTITY);
  }

  /** All Path values in their order (RFC 3327). */
  public static HeaderValue<List<NameAddr>> path(Headers headers) {
    return addresses(headers, HeaderName.PATH);
  }

  /** The address of a header that has one, such as Refer-To, Referred-By or Reply-To. */
  public static HeaderValue<NameAddr> address(Headers headers, HeaderName name) {
    return switch (addresses(headers, name)) {
      case HeaderValue.Present<List<NameAddr>>(List<NameAddr> all) ->
          all.size() == 1 ? new HeaderValue.Present<>(all.getFirst()) : JainHeaders.invalid(name);
      case HeaderValue.Absent<List<NameAddr>>() -> new HeaderValue.Absent<>();
      case HeaderValue.Invalid<List<NameAddr>>(String reason) -> new HeaderValue.Invalid<>(reason);
    };
  }

  /** The addresses of a header such as Path, Service-Route, P-Asserted-Identity or Diversion. */
  public static HeaderValue<List<NameAddr>> addresses(Headers headers, HeaderName name) {
    List<String> values = headers.values(name);
    if (values.isEmpty()) {
      return headers.has(name) ? JainHeaders.invalid(name) : new HeaderValue.Absent<>();
    }
    try {
      List<NameAddr> out = new ArrayList<>(values.size());
      for (String value : values) {
        out.add(NameAddr.parse(value));
      }
      return new HeaderValue.Present<>(List.copyOf(out));
    } catch (SipSyntaxException e) {
      return JainHeaders.invalid(name);
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
