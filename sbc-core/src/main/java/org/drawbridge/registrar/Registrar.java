package org.drawbridge.registrar;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.auth.AuthOutcome;
import org.drawbridge.sip.auth.Authenticator;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.token.Tokens;

/**
 * Answers REGISTER (RFC 3261 section 10.3). Thread-safe; each request changes the bindings of one
 * address of record atomically, all its contacts or none.
 */
public final class Registrar {

  private static final Logger LOG = LogManager.getLogger(Registrar.class);

  private final Accounts accounts;
  private final Authenticator authenticator;
  private final Bindings bindings;
  private final RegistrarSettings settings;
  private final InstantSource clock;

  /** Takes its collaborators. */
  public Registrar(
      Accounts accounts,
      Authenticator authenticator,
      Bindings bindings,
      RegistrarSettings settings,
      InstantSource clock) {
    this.accounts = accounts;
    this.authenticator = authenticator;
    this.bindings = bindings;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Handles one REGISTER.
   *
   * @param flow what it came over, and so what the contact is reached over
   * @return the final response
   */
  public SipResponse onRegister(SipRequest request, Flow flow) {
    if (!(request.to().uri() instanceof SipUri to)) {
      return refuse(request, flow, 400, "To is no SIP address");
    }
    if (to.user() == null) {
      return refuse(request, flow, 404, "To names no account");
    }
    if (!(request.requestUri() instanceof SipUri server)
        || !accounts.serves(server.host())
        || !accounts.serves(to.host())) {
      return refuse(request, flow, 403, "This domain is not served here");
    }
    List<String> required = request.headers().values(HeaderName.REQUIRE);
    if (!required.isEmpty()) {
      return SipResponse.to(request, 420, "Bad Extension", Tokens.tag())
          .header(HeaderName.UNSUPPORTED, String.join(", ", required))
          .build();
    }
    Aor aor = new Aor(to.user(), to.host());
    return switch (authenticator.authenticate(request, flow.remote().getAddress(), aor.domain())) {
      case AuthOutcome.Refused refused -> {
        // Every registration begins with a challenge: only what comes after is news.
        Level level = refused.response().status() == 401 ? Level.DEBUG : Level.INFO;
        LOG.log(
            level,
            "register.refused aor={} source={} status={} reason=\"{}\"",
            aor,
            flow.remote(),
            refused.response().status(),
            refused.reason());
        yield refused.response();
      }
      case AuthOutcome.Authenticated authenticated ->
          authenticated.account().equals(aor)
              ? register(request, flow, aor)
              : refuse(request, flow, 403, "These credentials are of another account");
    };
  }

  /** Forgets what was reachable over a stream that is gone. */
  public void onFlowClosed(Flow flow) {
    for (Binding binding : bindings.removeFlow(flow.id())) {
      LOG.info(
          "register.lost aor={} contact={} flow={}",
          binding.aor(),
          binding.contactUri(),
          flow.id());
    }
  }

  private SipResponse register(SipRequest request, Flow flow, Aor aor) {
    return switch (ContactChange.of(request, settings)) {
      case ContactChange.Fetch() -> accepted(request, bindings.lookup(aor));
      case ContactChange.Refused(int status, String reason) ->
          refuse(request, flow, status, reason);
      case ContactChange.RemoveAll() -> apply(request, flow, aor, List.of(), true);
      case ContactChange.Update(List<ContactChange.Contact> contacts) ->
          apply(request, flow, aor, contacts, false);
    };
  }

  private SipResponse apply(
      SipRequest request,
      Flow flow,
      Aor aor,
      List<ContactChange.Contact> contacts,
      boolean removeAll) {
    if (bindings.isFull()
        && contacts.stream().anyMatch(c -> c.lifetime() > 0)
        && bindings.lookup(aor).isEmpty()) {
      return refuse(request, flow, 503, "The location table is full");
    }
    BindingUpdate update = new BindingUpdate(request, flow, aor, settings, clock.millis());
    List<Binding> now = bindings.change(aor, live -> update.apply(live, contacts, removeAll));
    if (update.isOutOfOrder()) {
      return refuse(request, flow, 500, "CSeq is older than that of the binding");
    }
    if (!flow.isOpen()) {
      bindings.removeFlow(flow.id());
    }
    LOG.info(
        "register.{} aor={} contacts={} transport={} source={}",
        update.isRemoval() ? "removed" : "ok",
        aor,
        now.size(),
        flow.transport(),
        flow.remote());
    return accepted(request, now);
  }

  private SipResponse accepted(SipRequest request, List<Binding> now) {
    MessageBuilder<SipResponse> response = SipResponse.to(request, 200, "OK", Tokens.tag());
    for (Binding binding : now) {
      response.header(HeaderName.CONTACT, contact(binding));
    }
    return response.build();
  }

  private String contact(Binding binding) {
    StringBuilder text = new StringBuilder("<").append(binding.contactUri()).append('>');
    if (binding.q() != Binding.DEFAULT_Q) {
      text.append(String.format(Locale.ROOT, ";q=%.3f", binding.q() / 1000.0));
    }
    if (binding.instance() != null) {
      text.append(";+sip.instance=\"").append(escaped(binding.instance())).append('"');
    }
    if (binding.regId() != 0) {
      text.append(";reg-id=").append(binding.regId());
    }
    long left = Math.ceilDiv(binding.expiresAt() - clock.millis(), 1000L);
    return text.append(";expires=").append(Math.max(0, left)).toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private SipResponse refuse(SipRequest request, Flow flow, int status, String reason) {
    LOG.info(
        "register.refused to={} source={} status={} reason=\"{}\"",
        request.to().uri(),
        flow.remote(),
        status,
        reason);
    MessageBuilder<SipResponse> response =
        SipResponse.to(request, status, reason, Tokens.tag())
            .header(HeaderName.WARNING, "399 drawbridge \"" + reason + "\"");
    if (status == 423) {
      response.header(HeaderName.MIN_EXPIRES, Integer.toString(settings.minExpires()));
    }
    if (status == 503) {
      response.header(HeaderName.RETRY_AFTER, "60");
    }
    return response.build();
  }
}
