package org.drawbridge.policy;

import java.util.List;
import java.util.function.Supplier;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Gruu;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteQuestion;
import org.drawbridge.routing.rule.RouteTarget;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Decides who sent a request, by proof and not by claim, and asks routing what becomes of it. A
 * trunk is known by its certificate, its address or our registration with it, an account by digest;
 * everyone else is a stranger, whom routing refuses unless a route names strangers. Thread-safe.
 */
public final class Admission {

  private final Supplier<Ruleset> rules;
  private final Authenticator authenticator;
  private final TrunkStates trunks;
  private final RelayedAccounts relayed;
  private final LocationService locations;

  /** Takes its collaborators; {@code rules} is asked once a request. */
  public Admission(
      Supplier<Ruleset> rules,
      Authenticator authenticator,
      TrunkStates trunks,
      RelayedAccounts relayed,
      LocationService locations) {
    this.locations = locations;
    this.rules = rules;
    this.authenticator = authenticator;
    this.trunks = trunks;
    this.relayed = relayed;
  }

  /** What came of asking. */
  public sealed interface Outcome {

    /**
     * The request may go on.
     *
     * @param rules the configuration it was decided by, to be used for the rest of it
     * @param source who sent it
     * @param decision where it goes, or with what status it is refused
     * @param device the one device of an account it is for; null if it is for all of them
     */
    record Admitted(Ruleset rules, CallSource source, RouteDecision decision, @Nullable Gruu device)
        implements Outcome {

      /** For all devices. */
      public Admitted(Ruleset rules, CallSource source, RouteDecision decision) {
        this(rules, source, decision, null);
      }
    }

    /**
     * The request may go on where a service outside says.
     *
     * @param question whom to ask, and what holds without an answer
     */
    record Asking(Ruleset rules, CallSource source, RouteQuestion question, @Nullable Gruu device)
        implements Outcome {

      /** What becomes of the request by this decision. */
      public Admitted decided(RouteDecision decision) {
        return new Admitted(rules, source, decision, device);
      }
    }

    /**
     * The sender has not shown who it is, or is not who it says.
     *
     * @param reached whether it has shown at least that its address is its own
     */
    record Refused(SipResponse response, String reason, boolean reached) implements Outcome {}
  }

  /** Decides on a request outside a dialog that came over {@code flow}. */
  public Outcome admit(SipRequest request, Flow flow) {
    Gruu device = request.requestUri() instanceof SipUri uri ? locations.gruu(uri) : null;
    Outcome outcome = admit(request, flow, device);
    return device == null ? outcome : forDevice(outcome, device);
  }

  private static Outcome forDevice(Outcome outcome, Gruu device) {
    return switch (outcome) {
      case Outcome.Admitted(Ruleset rules, CallSource source, RouteDecision decision, _) ->
          new Outcome.Admitted(rules, source, decision, device);
      case Outcome.Asking(Ruleset rules, CallSource source, RouteQuestion question, _) ->
          new Outcome.Asking(rules, source, question, device);
      case Outcome.Refused refused -> refused;
    };
  }

  private Outcome admit(SipRequest request, Flow flow, @Nullable Gruu device) {
    Ruleset now = rules.get();
    Names names = new Names(now, flow);
    Party caller = names.party(request.from().uri());
    Party callee = names.called(request.requestUri(), device);
    RelayedAccounts.Phone phone = relayed.called(request, flow);
    if (phone != null) {
      return toPhone(now, caller, phone);
    }
    if (relayed.isGone(request)) {
      String words = "The connection of this phone is gone";
      return new Outcome.Refused(Replies.refuse(request, 430, words), words, false);
    }
    Trunk registered = flow.transport().isWebSocket() ? null : trunks.byContact(request, flow);
    if (registered != null) {
      Party dialled = dialled(request, now, registered);
      return fromTrunk(now, registered, request, flow, dialled);
    }
    Trunk trunk = trunkOf(now, flow);
    if (trunk != null) {
      return fromTrunk(now, trunk, request, flow, callee);
    }
    Party claimed = claimed(now, names, request, flow);
    RelayedDomain domain = now.relayed().get(claimed.host());
    if (domain != null) {
      Aor account = new Aor(claimed.user(), claimed.host());
      return relayed.isSignedIn(account, flow)
          ? fromPhone(now, domain, relayed.serviceRoute(account, flow), claimed, callee)
          : stranger(request);
    }
    if (now.domains().isLocal(claimed.host())) {
      return authenticate(now, request, flow, claimed, callee);
    }
    Aor line = lineOver(now, flow);
    if (line != null) {
      return authenticate(now, request, flow, new Party("", line.domain()), callee);
    }
    CallSource stranger = new CallSource.Anonymous(flow.remote().getAddress());
    Outcome outcome = admitted(now, stranger, new MessageFacts(request, flow), caller, callee);
    return maySignIn(now, request, flow, callee, outcome)
        ? authenticate(now, request, flow, new Party("", realm(now, request, callee)), callee)
        : outcome;
  }

  /** Where who does not say where it belongs signs in: an account that hides, where it calls. */
  private static String realm(Ruleset now, SipRequest request, Party callee) {
    return mayHide(now, request, callee) && now.domains().isLocal(callee.host())
        ? callee.host()
        : now.defaultDomain();
  }

  private static boolean mayHide(Ruleset now, SipRequest request, Party callee) {
    return Names.isAnonymous(request.from().uri()) && !isOfPbx(now, callee);
  }

  private static boolean isOfPbx(Ruleset now, Party party) {
    return now.relayed().containsKey(party.host());
  }

  /**
   * Whether a stranger may turn out to be a trunk that signs in, or an account that hides: where no
   * route lets it pass. Phones of a PBX would try the password that they have there.
   */
  private boolean maySignIn(
      Ruleset now, SipRequest request, Flow flow, Party callee, Outcome outcome) {
    boolean maySign = now.trunks().hasLogins() || now.trunks().hasAccounts();
    boolean isTrunk = maySign && !flow.transport().isWebSocket();
    boolean hides = mayHide(now, request, callee) && relayed.over(flow).isEmpty();
    return (isTrunk || hides)
        && outcome instanceof Outcome.Admitted admitted
        && (admitted.decision() instanceof RouteDecision.Refuse
            || request.headers().has(HeaderName.PROXY_AUTHORIZATION));
  }

  /**
   * Whether a request that is often only a sign of life is meant for somebody else: it names a user
   * other than its sender, and comes from no trunk, which asks us however it writes that. What a
   * PBX asks a phone of its own is the phone's to answer, trunk or not.
   */
  public boolean isForOther(SipRequest request, Flow flow) {
    if (request.maxForwards() == 0) {
      return false;
    }
    if (isForPhone(request, flow)) {
      return true;
    }
    Ruleset now = rules.get();
    Names names = new Names(now, flow);
    Party callee = names.called(request.requestUri(), null);
    return !callee.user().isEmpty()
        && !callee.equals(names.party(request.from().uri()))
        && trunkOf(now, flow) == null
        && lineOver(now, flow) == null
        && trunks.byContact(request, flow) == null;
  }

  /** Whether a PBX sends it to one of its phones, also to one that is gone. */
  public boolean isForPhone(SipRequest request, Flow flow) {
    return relayed.called(request, flow) != null || relayed.isGone(request);
  }

  /** A PBX calls one of its phones by the name that we gave it. */
  private static Outcome toPhone(Ruleset now, Party caller, RelayedAccounts.Phone phone) {
    Aor account = phone.account();
    Aor alias = phone.alias();
    RouteDecision decision =
        now.routes()
            .straight(
                "from " + account.domain(),
                caller,
                new Party(account.user(), account.domain()),
                new RouteTarget.Registrar(alias.user(), alias.domain()));
    return new Outcome.Admitted(now, new CallSource.FromTrunk(account.domain()), decision);
  }

  /**
   * A phone of a PBX may ask its PBX and nobody else: that it signed in over this flow shows where
   * it belongs, and what it may do its PBX finds out by a challenge of its own.
   */
  private static Outcome fromPhone(
      Ruleset now, RelayedDomain domain, List<String> route, Party caller, Party callee) {
    RouteDecision decision = now.routes().toOwnPbx(domain, caller, callee, route);
    return new Outcome.Admitted(
        now, new CallSource.Registered(caller.user(), caller.host()), decision);
  }

  private static Outcome stranger(SipRequest request) {
    String words = "Sign in over this connection first";
    return new Outcome.Refused(Replies.refuse(request, 403, words), words, false);
  }

  private Outcome authenticate(
      Ruleset now, SipRequest request, Flow flow, Party claimed, Party callee) {
    AuthOutcome outcome =
        authenticator.authenticate(request, flow.remote().getAddress(), claimed.host());
    return switch (outcome) {
      case AuthOutcome.Refused(SipResponse response, String reason, boolean reached) ->
          new Outcome.Refused(response, reason, reached);
      case AuthOutcome.Authenticated(Aor account) -> {
        Trunk trunk = signedIn(now, flow, account);
        if (trunk != null) {
          yield fromTrunk(now, trunk, request, flow, callee);
        }
        Party caller = new Party(account.user(), account.domain());
        if (!Names.isAnonymous(request.from().uri()) && !caller.equals(claimed)) {
          String words = "From must be the address of the account that signs in";
          yield new Outcome.Refused(Replies.refuse(request, 403, words), words, true);
        }
        CallSource source = new CallSource.Registered(account.user(), account.domain());
        yield admitted(now, source, new MessageFacts(request, flow), caller, callee);
      }
    };
  }

  /** The trunk that has signed in; an account of the same name comes before it. */
  private @Nullable Trunk signedIn(Ruleset now, Flow flow, Aor login) {
    Trunk registers = login.trunk(now.trunks());
    return registers == null && !flow.transport().isWebSocket() && !locations.exists(login)
        ? now.trunks().byLogin(login.user())
        : registers;
  }

  /**
   * The account of a trunk that has registered over a flow, whatever its callers are called; null
   * for none. Each call has to show the password all the same.
   */
  private @Nullable Aor lineOver(Ruleset now, Flow flow) {
    return now.trunks().hasAccounts()
        ? locations.over(flow.id()).stream()
            .filter(aor -> aor.trunk(now.trunks()) != null)
            .findAny()
            .orElse(null)
        : null;
  }

  private static Outcome fromTrunk(
      Ruleset now, Trunk trunk, SipRequest request, Flow flow, Party callee) {
    Names names = new Names(now, flow);
    Party caller = names.party(request.from().uri());
    return admitted(
        now,
        new CallSource.FromTrunk(trunk.name()),
        new MessageFacts(request, flow),
        Names.isAnonymous(caller) && trunk.rights().trusted()
            ? named(request, HeaderName.P_ASSERTED_IDENTITY, names, caller)
            : caller,
        callee);
  }

  /**
   * Whom a call to the Contact that we registered is for, which its Request-URI says no more:
   * P-Called-Party-ID (RFC 7315 section 4.2), and where there is none To, which of a call that was
   * forwarded names whoever was called first.
   */
  private static Party dialled(SipRequest request, Ruleset now, Trunk trunk) {
    NameAddr called = Names.identity(request, HeaderName.P_CALLED_PARTY_ID);
    String user = called == null ? "" : UserPart.of(called.uri());
    if (user.isEmpty()) {
      user = UserPart.of(request.to().uri());
    }
    var registration = trunk.care().registration();
    if (user.isEmpty()) {
      user = registration == null ? "" : registration.user();
    }
    return new Party(user, now.defaultDomain());
  }

  private static Outcome admitted(
      Ruleset now, CallSource source, MessageFacts facts, Party caller, Party callee) {
    RouteQuery query = new RouteQuery(source, facts.method(), caller, callee, facts);
    return switch (now.routes().consult(query)) {
      case RouteDecision decision -> new Outcome.Admitted(now, source, decision);
      case RouteQuestion question -> new Outcome.Asking(now, source, question, null);
    };
  }

  /**
   * A certificate proves more than an address. Browsers are never trunks: a reverse proxy or an
   * office has one address for both.
   */
  private @Nullable Trunk trunkOf(Ruleset now, Flow flow) {
    if (flow.transport().isWebSocket()) {
      return null;
    }
    Trunk certified = now.trunks().byCertificate(flow.peerNames());
    if (certified != null) {
      return certified;
    }
    Trunk trunk = now.trunks().byAddress(flow.remote().getAddress());
    return trunk == null ? trunks.byFlow(flow) : trunk;
  }

  /**
   * An account that hides its name in From may say who it is in P-Preferred-Identity (RFC 3325
   * section 6): that tells where it signs in, and its credentials whose call it is. A phone of a
   * PBX is known by its flow.
   */
  private Party claimed(Ruleset now, Names names, SipRequest request, Flow flow) {
    Party caller = names.party(request.from().uri());
    if (!Names.isAnonymous(caller)) {
      return caller;
    }
    Party preferred =
        Names.identities(request, HeaderName.P_PREFERRED_IDENTITY).stream()
            .filter(identity -> identity.uri() instanceof SipUri) // no number names an account
            .findFirst()
            .map(identity -> names.party(identity.uri()))
            .orElse(caller);
    boolean isNamed =
        now.domains().isLocal(preferred.host())
            && !(Names.isAnonymous(preferred) && isOfPbx(now, preferred));
    List<Aor> phones = isNamed ? List.of() : relayed.over(flow);
    return phones.size() == 1
        ? new Party(phones.getFirst().user(), phones.getFirst().domain())
        : preferred;
  }

  private static Party named(SipRequest request, HeaderName header, Names names, Party otherwise) {
    NameAddr identity = Names.identity(request, header);
    return identity == null ? otherwise : names.party(identity.uri());
  }
}
