package org.drawbridge.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drawbridge.registrar.Binding;
import org.drawbridge.routing.condition.RequestFacts;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;

/**
 * Where a 3xx leads (RFC 3261 sections 8.1.3.4 and 16.5). A redirection has no more rights than who
 * sends it: routing decides on each new address as if the redirecting account or trunk called it.
 * Pure.
 */
public final class Redirection {

  /** Addresses of one response that are looked at. */
  private static final int MAX_CONTACTS = 5;

  private Redirection() {}

  /** Whether a response names other addresses, and no proxy or service (305, 380). */
  public static boolean isRedirection(int status) {
    return status >= 300 && status <= 302;
  }

  /**
   * Whom a redirection names, the preferred first; nobody twice.
   *
   * @param flow the flow it came over
   */
  public static List<Party> parties(SipResponse response, Ruleset rules, Flow flow) {
    Names names = new Names(rules, flow);
    return response.contacts().stream()
        .sorted(Comparator.comparingInt(Redirection::q).reversed())
        .limit(MAX_CONTACTS)
        .map(contact -> names.party(contact.uri()))
        .filter(party -> !party.user().isEmpty())
        .distinct()
        .toList();
  }

  private static int q(NameAddr contact) {
    String value = contact.param("q");
    if (value == null) {
      return Binding.DEFAULT_Q;
    }
    try {
      return (int) (Double.parseDouble(value) * Binding.DEFAULT_Q);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Who redirects. */
  public static Party redirecting(Candidate candidate, Party callee) {
    return switch (candidate) {
      case Candidate.Contact(var binding, var line) ->
          new Party(line == null ? binding.aor().user() : line.user(), binding.aor().domain());
      case Candidate.TrunkHost host -> new Party(host.user(), host.trunk().domain(host.host()));
      case Candidate.Dialog _, Candidate.Service _ -> callee;
    };
  }

  /**
   * What routing makes of a new address.
   *
   * @param by who redirects
   * @param caller the caller as the redirecting side sees it; a trunk is asked for its callers, an
   *     account for itself
   * @param facts of the call that is redirected, as if it came from who redirects
   */
  public static RouteDecision decide(
      Ruleset rules, Candidate by, Party caller, Party to, RequestFacts facts) {
    CallSource source = source(by, rules.trunks());
    Party asks =
        source instanceof CallSource.Registered(String user, String domain)
            ? new Party(user, domain)
            : caller;
    return rules.routes().decide(new RouteQuery(source, "INVITE", asks, to, facts));
  }

  /**
   * Who redirects, proven by where the call was sent: a PBX that registers with us does so as a
   * trunk, also where its account was called by name.
   */
  public static CallSource source(Candidate by, TrunkIndex trunks) {
    return switch (by) {
      case Candidate.Contact(var binding, _) -> binding.aor().source(trunks);
      case Candidate.TrunkHost host -> new CallSource.FromTrunk(host.trunk().name());
      case Candidate.Dialog _, Candidate.Service _ ->
          throw new IllegalStateException(by.label() + " redirects nobody");
    };
  }

  /**
   * The Contact values of a redirection that is passed on: the same users in our domains, since the
   * hosts behind us are nobody's business.
   */
  public static List<String> hidden(
      SipResponse response, SipRequest original, Ruleset rules, Flow flow) {
    List<String> contacts = new ArrayList<>();
    for (Party party : parties(response, rules, flow)) {
      SipUri uri = SipUri.of(party.user(), rules.domains().localOrDefault(party.host()), -1);
      if (!uri.equivalent(original.requestUri())) {
        contacts.add(NameAddr.of(uri).toString());
      }
    }
    return contacts;
  }
}
