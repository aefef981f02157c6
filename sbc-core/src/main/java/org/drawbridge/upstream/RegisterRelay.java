package org.drawbridge.upstream;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Aor;
import org.drawbridge.policy.Replies;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Device;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.grammar.DigestCredentials;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Takes REGISTER of relayed domains on to their PBX, and answers those refreshes itself that the
 * PBX need not see. One for each signalling loop, used on that loop.
 *
 * <p>A refresh answered here proves nothing anew, and so it may change nothing either: it comes
 * over the flow that the PBX let in, in the order of the same Call-ID, for the same Contact, and it
 * prolongs no more than what the PBX has granted already.
 */
public final class RegisterRelay {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.relay");

  /** Bounded: anybody can be refused, as often as they like. */
  private static final Logger REFUSED = LogManager.getLogger("org.drawbridge.refused.relay");

  /** A phone that is late by this much, in ms, has not gone. */
  private static final long GRACE_MILLIS = 10_000;

  private final ClientParts parts;
  private final RelaySettings settings;
  private final Function<IntFunction<String>, String> firstOwned;
  private final RelayTable table;

  /**
   * What relays of all loops share.
   *
   * @param current the relayed domains by name, asked for each request
   * @param table who has signed in
   * @param guard counts wrong passwords, since the PBX cannot tell who sends them
   * @param clock the wall clock
   * @param onSignedIn told of the flow of each phone that signs in, on any thread
   */
  public record RelaySettings(
      Supplier<Map<String, RelayedDomain>> current,
      RelayTable table,
      LoginGuard guard,
      InstantSource clock,
      Consumer<Flow> onSignedIn) {

    /** The relayed domains now. */
    public Map<String, RelayedDomain> domains() {
      return current.get();
    }
  }

  /**
   * A relay of one loop.
   *
   * @param firstOwned of a row of Call-IDs the first that this loop owns
   */
  public RegisterRelay(
      ClientParts parts, RelaySettings settings, Function<IntFunction<String>, String> firstOwned) {
    this.parts = parts;
    this.firstOwned = firstOwned;
    this.settings = settings;
    this.table = settings.table();
  }

  /** Takes a REGISTER if it is for a relayed domain; returns whether it did. */
  public boolean take(ServerTransaction register) {
    SipRequest request = register.request();
    if (settings.domains().isEmpty() || !(request.to().uri() instanceof SipUri to)) {
      return false;
    }
    RelayedDomain domain = settings.domains().get(to.bareHost());
    if (domain == null) {
      return false;
    }
    RelayedContact wanted = RelayedContact.of(request);
    SipResponse refusal = refusal(request, to, wanted);
    if (refusal != null) {
      register.respond(refusal);
      return true;
    }
    Aor account = new Aor(to.user() == null ? "" : to.user(), domain.name());
    if (!(wanted instanceof RelayedContact.One one) || !refresh(register, domain, account, one)) {
      ask(new RelayedRegister(this, domain, register, account, wanted), register);
    }
    return true;
  }

  private void ask(RelayedRegister relayed, ServerTransaction register) {
    if (settings.guard().isLocked(source(register), named(register.request()))) {
      String words = "Too many failed logins; try again later";
      register.respond(Replies.refuse(register.request(), 403, words));
    } else {
      // A wrong password must count once.
      register.refuseOnce(username(register.request()) == null);
      relayed.start();
    }
  }

  private static InetAddress source(ServerTransaction register) {
    return register.flow().remote().getAddress();
  }

  private static String named(SipRequest request) {
    String username = username(request);
    return username == null ? "" : username;
  }

  private static @Nullable SipResponse refusal(
      SipRequest request, SipUri to, RelayedContact wanted) {
    if (to.user() == null) {
      return Replies.refuse(request, 404, "To names no account");
    }
    if (request.maxForwards() == 0) {
      return Replies.refuse(request, 483, "Max-Forwards is used up");
    }
    List<String> required = request.headers().values(HeaderName.REQUIRE);
    if (!required.isEmpty()) {
      return Replies.refusal(request, 420, "Extensions not supported here")
          .header(HeaderName.UNSUPPORTED, String.join(", ", required))
          .build();
    }
    return wanted instanceof RelayedContact.Wrong(int status, String reason)
        ? Replies.refuse(request, status, reason)
        : null;
  }

  /** Answers a refresh here, if it may be; returns whether it did. */
  private boolean refresh(
      ServerTransaction register, RelayedDomain domain, Aor account, RelayedContact.One one) {
    RelayedPhone phone = table.find(alias(account, register, one.address()));
    long refresh = domain.refresh().toSeconds();
    boolean removes = one.lifetime() == 0 || !one.left().isEmpty();
    if (removes || phone == null || !isRefreshOf(phone, register, one)) {
      return false;
    }
    if (!phone.upstream().equals(domain.upstream().targets())) {
      return false; // the PBX has moved, and where it is now nobody knows the phone
    }
    // The refresh after this one must reach the PBX before its patience ends.
    long left = phone.upstreamUntil() - clock().millis();
    if (left < refresh * 1500) {
      return false;
    }
    long lease = one.lifetime() < 0 ? refresh : Math.min(one.lifetime(), refresh);
    RelayedPhone renewed =
        new RelayedPhone(
            binding(account, register, one, lease),
            phone.alias(),
            phone.registrar(),
            phone.username(),
            phone.serviceRoute(),
            phone.upstream(),
            phone.upstreamUntil());
    if (!accept(renewed, register.flow())) {
      return false;
    }
    MessageBuilder<SipResponse> out = Replies.start(register.request(), 200);
    contact(out, one, lease);
    register.respond(out.build());
    return true;
  }

  private boolean isRefreshOf(
      RelayedPhone phone, ServerTransaction register, RelayedContact.One one) {
    SipRequest request = register.request();
    Binding binding = phone.binding();
    String username = username(request);
    return binding.flow().equals(register.flow().id())
        && phone.isSignedIn(clock().millis())
        && binding.contactUri().equals(one.uri().toString())
        && binding.callId().equals(request.callId())
        && request.cseq().seq() > binding.cseq()
        && (username == null || username.equals(phone.username()));
  }

  /** The name in the credentials of a request; null if it has none. */
  static @Nullable String username(SipRequest request) {
    for (HeaderName name : List.of(HeaderName.AUTHORIZATION, HeaderName.PROXY_AUTHORIZATION)) {
      List<DigestCredentials> all = HeaderGrammar.credentials(request.headers(), name).orNull();
      if (all != null && !all.isEmpty()) {
        return all.getFirst().username();
      }
    }
    return null;
  }

  /** Adds the phone's own Contact to an answer. */
  static void contact(MessageBuilder<SipResponse> out, RelayedContact.One one, long lifetime) {
    out.header(
        HeaderName.CONTACT,
        NameAddr.of(one.uri()).withParam("expires", Long.toString(lifetime)).toString());
  }

  /** How a phone is reached, for so many seconds and a little longer. */
  Binding binding(Aor account, ServerTransaction register, RelayedContact.One one, long lifetime) {
    SipRequest request = register.request();
    return new Binding(
        account,
        one.uri().toString(),
        register.flow().id(),
        List.of(),
        one.address().param("+sip.instance"),
        0,
        0,
        request.callId(),
        request.cseq().seq(),
        Binding.DEFAULT_Q,
        request.headers().first(HeaderName.USER_AGENT),
        clock().millis() + lifetime * 1000 + GRACE_MILLIS);
  }

  /** Stores a phone, unless its connection is gone or there is no room; returns whether it did. */
  boolean accept(RelayedPhone phone, Flow flow) {
    if (!flow.isOpen()) {
      return true; // its answer goes nowhere
    }
    boolean isNew = table.find(phone.alias()) == null;
    if (!table.put(phone)) {
      return false;
    }
    if (phone.username() != null) {
      settings.guard().succeeded(flow.remote().getAddress(), phone.username());
    }
    flow.keep(phone.account());
    settings.onSignedIn().accept(flow);
    if (isNew) {
      LOG.info(
          "relay.registered aor={} transport={} remote={}",
          phone.account(),
          flow.transport(),
          flow.remote());
    }
    return true;
  }

  void removed(Aor account) {
    LOG.info("relay.removed aor={}", account);
  }

  /**
   * The PBX said no.
   *
   * @param isStale whether only the nonce was too old
   */
  void refused(ServerTransaction register, Aor account, int status, boolean isStale) {
    String username = username(register.request());
    boolean isGuess = (status == 401 || status == 403 || status == 407) && !isStale;
    if (username != null && isGuess) {
      settings.guard().failed(source(register), username);
    }
    // Every registration begins with a challenge: only what comes after is news.
    boolean first = (status == 401 || status == 407) && username == null;
    REFUSED.log(
        first ? Level.DEBUG : Level.INFO,
        "relay.refused aor={} source={} status={}",
        account,
        register.flow().remote(),
        status);
  }

  /** The PBX said nothing. */
  void failed(ServerTransaction register, Aor account, int status, String words) {
    LOG.warn(
        "relay.failed aor={} source={} status={} reason=\"{}\"",
        account,
        register.flow().remote(),
        status,
        words);
  }

  /** What the PBX calls the phone that a Contact of a REGISTER is of. */
  String alias(Aor account, ServerTransaction register, NameAddr contact) {
    return table.alias(
        account,
        new Device(
            contact.param("+sip.instance"),
            contact.uri().toString(),
            register.request().callId(),
            register.flow().id(),
            List.of()));
  }

  /** The Call-ID that the PBX gets for that of a phone. */
  String callId(Aor account, String callId) {
    return firstOwned.apply(number -> table.callId(account, callId, number));
  }

  ClientParts parts() {
    return parts;
  }

  RelayTable table() {
    return table;
  }

  InstantSource clock() {
    return settings.clock();
  }
}
