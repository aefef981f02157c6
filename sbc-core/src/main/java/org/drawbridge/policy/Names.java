package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.value.ServiceUrn;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.OwnAddress;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.OpaqueUri;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipSyntaxException;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.message.TelUri;
import org.drawbridge.sip.message.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Reads URIs as parties of a call. Our own address counts as our default domain, since a phone or
 * trunk that was given an address instead of a name means the same by it.
 */
final class Names {

  private final Ruleset rules;
  private final Flow flow;

  Names(Ruleset rules, Flow flow) {
    this.rules = rules;
    this.flow = flow;
  }

  /** Who a URI names; a telephone number and an unknown scheme belong to our default domain. */
  Party party(Uri uri) {
    return switch (uri) {
      case SipUri sip -> new Party(UserPart.of(sip), domain(sip.bareHost()));
      case TelUri tel -> new Party(UserPart.of(uri), domain(tel));
      case OpaqueUri _ -> new Party(UserPart.of(uri), rules.defaultDomain());
    };
  }

  /**
   * Who is called: a temporary GRUU (RFC 5627) stands for the account whose device it names, a
   * service belongs to our default domain.
   */
  Party called(Uri uri, @Nullable Gruu device) {
    if (device instanceof Gruu.Temporary(Aor aor, _)) {
      return new Party(aor.user(), aor.domain());
    }
    String service = service(uri);
    return service == null ? party(uri) : new Party(service, rules.defaultDomain());
  }

  /** The service that a URI names (RFC 5031), in lower case; null if it names none. */
  static @Nullable String service(Uri uri) {
    return uri instanceof OpaqueUri(_, String text) ? ServiceUrn.of(text) : null;
  }

  /** Whether this is how RFC 3323 section 4.1.1.3 writes a caller who hides; its host may stay. */
  static boolean isAnonymous(Party party) {
    return isAnonymous(party.user(), party.host());
  }

  /** As {@link #isAnonymous(Party)}, of who a request says it is from. */
  static boolean isAnonymous(Uri from) {
    return from instanceof SipUri uri && isAnonymous(uri.user(), uri.bareHost());
  }

  private static boolean isAnonymous(@Nullable String user, String host) {
    return host.equals("anonymous.invalid") || "anonymous".equalsIgnoreCase(user);
  }

  /** The first identity in a header that can be read; null without. */
  static @Nullable NameAddr identity(SipMessage message, HeaderName header) {
    List<NameAddr> all = identities(message, header);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** The identities in a header that can be read; another names nobody. */
  static List<NameAddr> identities(SipMessage message, HeaderName header) {
    List<NameAddr> all = new ArrayList<>(2);
    for (String value : message.headers().values(header)) {
      try {
        all.add(NameAddr.parse(value));
      } catch (SipSyntaxException _) {
        continue;
      }
    }
    return all;
  }

  /** A number that is local in one of our domains is one of that. */
  private String domain(TelUri tel) {
    String context = tel.phoneContext();
    String host = context == null ? "" : context.toLowerCase(Locale.ROOT);
    return rules.domains().isLocal(host) ? host : rules.defaultDomain();
  }

  private String domain(String host) {
    return !rules.domains().isLocal(host) && OwnAddress.is(host, flow)
        ? rules.defaultDomain()
        : host;
  }
}
