package org.drawbridge.policy;

import java.util.function.Supplier;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Decides who sent a request, by proof and not by claim, and asks routing what becomes of it. A
 * trunk is known by its address, an account by digest; everyone else is a stranger, whom routing
 * refuses unless a route names strangers. Thread-safe.
 */
public final class Admission {

  private final Supplier<Ruleset> rules;
  private final Authenticator authenticator;

  /** Takes its collaborators; {@code rules} is asked once a request. */
  public Admission(Supplier<Ruleset> rules, Authenticator authenticator) {
    this.rules = rules;
    this.authenticator = authenticator;
  }

  /** What came of asking. */
  public sealed interface Outcome {

    /**
     * The request may go on.
     *
     * @param rules the configuration it was decided by, to be used for the rest of it
     * @param source who sent it
     * @param decision where it goes, or with what status it is refused
     */
    record Admitted(Ruleset rules, CallSource source, RouteDecision decision) implements Outcome {}

    /** The sender has not shown who it is, or is not who it says. */
    record Refused(SipResponse response, String reason) implements Outcome {}
  }

  /** Decides on a request outside a dialog that came over {@code flow}. */
  public Outcome admit(SipRequest request, Flow flow) {
    Ruleset now = rules.get();
    Names names = new Names(now, flow);
    Party caller = names.party(request.from().uri());
    Party callee = names.party(request.requestUri());
    Trunk trunk = trunkOf(now, flow);
    if (trunk != null) {
      CallSource source = new CallSource.FromTrunk(trunk.name());
      return admitted(
          now,
          source,
          request,
          Names.isAnonymous(caller) ? asserted(request, names, caller) : caller,
          callee);
    }
    Party claimed = claimed(request, names, caller);
    if (now.domains().isLocal(claimed.host())) {
      return authenticate(now, request, flow, claimed, callee);
    }
    CallSource stranger = new CallSource.Anonymous(flow.remote().getAddress());
    return admitted(now, stranger, request, caller, callee);
  }

  /**
   * Whether a request that is often only a sign of life is meant for somebody else: it names a user
   * other than its sender, and comes from no trunk, which asks us however it writes that.
   */
  public boolean isForOther(SipRequest request, Flow flow) {
    Ruleset now = rules.get();
    Names names = new Names(now, flow);
    Party callee = names.party(request.requestUri());
    return !callee.user().isEmpty()
        && request.maxForwards() != 0
        && !callee.equals(names.party(request.from().uri()))
        && trunkOf(now, flow) == null;
  }

  private Outcome authenticate(
      Ruleset now, SipRequest request, Flow flow, Party claimed, Party callee) {
    AuthOutcome outcome =
        authenticator.authenticate(request, flow.remote().getAddress(), claimed.host());
    return switch (outcome) {
      case AuthOutcome.Refused refused -> new Outcome.Refused(refused.response(), refused.reason());
      case AuthOutcome.Authenticated(Aor account) -> {
        if (!account.user().equals(claimed.user()) || !account.domain().equals(claimed.host())) {
          String words = "From must be the address of the account that signs in";
          yield new Outcome.Refused(Replies.refuse(request, 403, words), words);
        }
        CallSource source = new CallSource.Registered(account.user(), account.domain());
        yield admitted(now, source, request, claimed, callee);
      }
    };
  }

  private static Outcome admitted(
      Ruleset now, CallSource source, SipRequest request, Party caller, Party callee) {
    RouteQuery query = new RouteQuery(source, request.methodToken(), caller, callee);
    return new Outcome.Admitted(now, source, now.routes().decide(query));
  }

  /**
   * Browsers are never trunks by address: a reverse proxy or an office has one address for both.
   */
  private static @Nullable Trunk trunkOf(Ruleset now, Flow flow) {
    return flow.transport().isWebSocket()
        ? null
        : now.trunks().byAddress(flow.remote().getAddress());
  }

  /**
   * An account that hides its name in From says who it is in P-Preferred-Identity (RFC 3325 section
   * 6).
   */
  private static Party claimed(SipRequest request, Names names, Party caller) {
    return Names.isAnonymous(caller)
        ? named(request, HeaderName.P_PREFERRED_IDENTITY, names, caller)
        : caller;
  }

  private static Party asserted(SipRequest request, Names names, Party caller) {
    return named(request, HeaderName.P_ASSERTED_IDENTITY, names, caller);
  }

  private static Party named(SipRequest request, HeaderName header, Names names, Party otherwise) {
    for (String value : request.headers().values(header)) {
      try {
        return names.party(NameAddr.parse(value).uri());
      } catch (SipSyntaxException _) {
        // An identity that cannot be read names nobody; the next one may.
        continue;
      }
    }
    return otherwise;
  }
}
