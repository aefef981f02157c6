package org.drawbridge.registrar;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Extensions.Agreed;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.OwnAddress;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * Answers REGISTER (RFC 3261 section 10.3, with RFC 3327, RFC 5626 and RFC 5627). Thread-safe; each
 * request changes the bindings of one address of record atomically, all its contacts or none.
 */
public final class Registrar {

  private static final Logger LOG = LogManager.getLogger(Registrar.class);

  /** Bounded: anybody can be refused, as often as they like. */
  static final Logger REFUSED = LogManager.getLogger("org.drawbridge.refused.Registrar");

  private final Accounts accounts;
  private final Authenticator authenticator;
  private final Bindings bindings;
  private final Supplier<RegistrarSettings> settings;
  private final InstantSource clock;
  private final TemporaryGruus gruus;
  private final Answers answers;
  private final UserAgents userAgents = new UserAgents();
  private final LongAdder full = new LongAdder();
  private final LongAdder crowded = new LongAdder();

  /**
   * Takes its collaborators.
   *
   * @param settings bounds, asked for each request
   */
  public Registrar(
      Accounts accounts,
      Authenticator authenticator,
      Bindings bindings,
      Supplier<RegistrarSettings> settings,
      InstantSource clock,
      TemporaryGruus gruus) {
    this.accounts = accounts;
    this.authenticator = authenticator;
    this.bindings = bindings;
    this.settings = settings;
    this.clock = clock;
    this.gruus = gruus;
    this.answers = new Answers(settings, gruus);
  }

  /**
   * Handles one REGISTER.
   *
   * @param flow what it came over, and so what the contact is reached over
   * @return the final response, and whether its receiver is who sent the request
   */
  public RegisterAnswer onRegister(SipRequest request, Flow flow) {
    if (!(request.to().uri() instanceof SipUri to)) {
      return unasked(refuse(request, flow, 400, "To is no SIP address"));
    }
    if (to.user() == null) {
      return unasked(refuse(request, flow, 404, "To names no account"));
    }
    String domain = domain(to, flow);
    if (!(request.requestUri() instanceof SipUri server)
        || domain(server, flow) == null
        || domain == null) {
      return unasked(refuse(request, flow, 403, "This domain is not served here"));
    }
    return switch (Extensions.of(request, flow)) {
      case Extensions.Refused(int status, String reason, List<String> unsupported) ->
          unasked(answers.refused(request, flow, status, reason, unsupported));
      case Agreed agreed -> authenticate(request, flow, agreed, new Aor(to.user(), domain));
    };
  }

  /** What is said before it is asked who they are: anybody may have sent the request. */
  private static RegisterAnswer unasked(SipResponse response) {
    return new RegisterAnswer(response, false);
  }

  /**
   * Which of our domains a URI means, null if none: a phone that was given our address instead of a
   * name means the first.
   */
  private @Nullable String domain(SipUri uri, Flow flow) {
    if (accounts.serves(uri.host())) {
      return uri.host();
    }
    return OwnAddress.is(uri.bareHost(), flow) ? accounts.home() : null;
  }

  private RegisterAnswer authenticate(SipRequest request, Flow flow, Agreed agreed, Aor aor) {
    return switch (authenticator.authenticate(request, flow.remote().getAddress(), aor.domain())) {
      case AuthOutcome.Refused refused -> {
        // Every registration begins with a challenge: only what comes after is news.
        Level level = refused.response().status() == 401 ? Level.DEBUG : Level.INFO;
        REFUSED.log(
            level,
            "register.refused aor={} source={} status={} reason=\"{}\"",
            aor,
            flow.remote(),
            refused.response().status(),
            refused.reason());
        yield new RegisterAnswer(refused.response(), refused.reached());
      }
      case AuthOutcome.Authenticated authenticated ->
          new RegisterAnswer(
              authenticated.account().equals(aor)
                  ? register(request, flow, agreed, aor)
                  : refuse(request, flow, 403, "These credentials are of another account"),
              true);
    };
  }

  /** How many REGISTERs were refused since there are too many contacts. Any thread. */
  public long refused() {
    return full.sum();
  }

  /** How often an account had more contacts than it may have. Any thread. */
  public long crowded() {
    return crowded.sum();
  }

  /**
   * Forgets what was reachable over a stream that is gone. Who registered through a proxy is behind
   * it still: the proxy is connected to when there is something to send, as it closes connections
   * that are idle and comes back with the next registration only.
   */
  public void onFlowClosed(Flow flow) {
    for (Binding binding : bindings.removeFlow(flow.id(), ProxyPath.endsAt(flow))) {
      LOG.info(
          "register.lost aor={} contact={} flow={}",
          binding.aor(),
          binding.contactUri(),
          flow.id());
    }
  }

  private SipResponse register(SipRequest request, Flow flow, Agreed agreed, Aor aor) {
    SipResponse response = change(request, flow, agreed, aor);
    if (response.isSuccess()) {
      flow.keep(aor);
    }
    return response;
  }

  private SipResponse change(SipRequest request, Flow flow, Agreed agreed, Aor aor) {
    return switch (ContactChange.of(request, aor, settings.get(), agreed.outbound())) {
      case ContactChange.Fetch() ->
          answers.accepted(request, flow, agreed, bindings.all(aor), clock.millis());
      case ContactChange.Refused(int status, String reason) ->
          refuse(request, flow, status, reason);
      case ContactChange.RemoveAll() -> apply(request, flow, agreed, aor, null);
      case ContactChange.Update update -> apply(request, flow, agreed, aor, update);
    };
  }

  /** Applies an update, or removes all where there is none. */
  private SipResponse apply(
      SipRequest request,
      Flow flow,
      Agreed agreed,
      Aor aor,
      ContactChange.@Nullable Update update) {
    List<ContactChange.Contact> contacts = update == null ? List.of() : update.contacts();
    if (bindings.isFull() && adds(contacts) && bindings.all(aor).isEmpty()) {
      full.increment();
      return refuse(request, flow, 503, "The location table is full");
    }
    String agent = userAgents.copyOf(request.headers().first(HeaderName.USER_AGENT));
    long now = clock.millis();
    Registration registration = Registration.of(request, flow, agreed, agent, now);
    BindingUpdate change =
        new BindingUpdate(registration, aor, settings.get().contactsPerAccount(), gruus);
    List<Binding> after =
        bindings.change(aor, live -> change.apply(live, contacts, update == null));
    if (change.isOutOfOrder()) {
      return refuse(request, flow, 500, "CSeq is older than that of the binding");
    }
    if (change.isFull()) {
      crowded.increment();
    }
    if (!flow.isOpen()) {
      bindings.removeFlow(flow.id(), ProxyPath.endsAt(flow));
    }
    LOG.log(
        change.isRefresh() ? Level.DEBUG : Level.INFO,
        "register.{} aor={} contacts={} transport={} source={}",
        change.isRemoval() ? "removed" : "ok",
        aor,
        after.size(),
        flow.transport(),
        flow.remote());
    return answers.accepted(request, flow, agreed, after, now);
  }

  private static boolean adds(List<ContactChange.Contact> contacts) {
    return contacts.stream().anyMatch(contact -> contact.lifetime() > 0);
  }

  private SipResponse refuse(SipRequest request, Flow flow, int status, String reason) {
    return answers.refused(request, flow, status, reason, List.of());
  }
}
