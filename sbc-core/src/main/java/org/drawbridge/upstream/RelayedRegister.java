package org.drawbridge.upstream;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Replies;
import org.drawbridge.routing.config.RelayedDomain;
import org.drawbridge.sip.auth.DigestAnswer;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.NameAddr;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.SipUri;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TargetedRequest;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/** One REGISTER on its way to a PBX and back. Confined to a loop. */
final class RelayedRegister implements ResponseListener {

  /** Shorter than the phone's timer F, so that it hears from us rather than from nobody. */
  private static final long ANSWER_MILLIS = 25_000;

  private final RegisterRelay relay;
  private final RelayedDomain domain;
  private final ServerTransaction register;
  private final Aor account;
  private final RelayedContact wanted;
  private final String callId;
  private final String alias;

  /** The aliases of what is removed beside it. */
  private final List<String> left;

  private @Nullable Timer timer;

  RelayedRegister(
      RegisterRelay relay,
      RelayedDomain domain,
      ServerTransaction register,
      Aor account,
      RelayedContact wanted) {
    this.relay = relay;
    this.domain = domain;
    this.register = register;
    this.account = account;
    this.wanted = wanted;
    this.callId = relay.callId(account, register.request().callId());
    if (wanted instanceof RelayedContact.One one) {
      this.alias = relay.alias(account, register, one.address());
      this.left = one.left().stream().map(gone -> relay.alias(account, register, gone)).toList();
    } else {
      this.alias = "";
      this.left = List.of();
    }
  }

  void start() {
    ClientParts parts = relay.parts();
    timer = parts.loop().schedule(ANSWER_MILLIS, () -> fail(504, "does not answer"));
    TargetedRequest.send(
        parts.loop(),
        parts.transactions(),
        parts.flows(),
        Outgoing.destination(domain.upstream(), domain.upstream().targets().getFirst()),
        new TargetedRequest.Sending(
            this::request,
            domain.upstream().tryTimeout().toMillis(),
            this,
            reason -> fail(503, "cannot be reached", ": " + reason)));
  }

  private SipRequest request(Flow flow) {
    return new UpstreamRegister(domain)
        .write(register.request(), callId, wanted, flow, alias, left);
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    switch (failure) {
      case TIMEOUT -> fail(504, "does not answer");
      case FLOW_CLOSED -> fail(503, "broke the connection");
      case OVERLOADED -> fail(503, "is asked too much at once");
    }
  }

  private void fail(int status, String words) {
    fail(status, words, "");
  }

  /** With more for the log, where our way to the PBX may be named. */
  private void fail(int status, String words, String detail) {
    if (!register.isAnswered()) {
      relay.failed(register, account, status, words + detail);
      answer(
          Replies.refuse(register.request(), status, "The PBX of " + domain.name() + " " + words));
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional() || register.isAnswered()) {
      return;
    }
    if (!response.isSuccess()) {
      answer(refusal(response));
      return;
    }
    switch (wanted) {
      case RelayedContact.Fetch() -> answer(accepted(response, null, 0));
      case RelayedContact.RemoveAll() -> {
        relay.table().removeAll(account);
        answer(accepted(response, null, 0));
      }
      case RelayedContact.One one -> onTaken(transaction, response, one);
      case RelayedContact.Wrong wrong ->
          throw new IllegalStateException("was not sent: " + wrong.reason());
    }
  }

  private void onTaken(
      ClientTransaction transaction, SipResponse response, RelayedContact.One one) {
    left.forEach(relay.table()::remove);
    long granted = one.lifetime() == 0 ? 0 : granted(transaction.request(), response);
    if (granted <= 0) {
      relay.table().remove(alias);
      relay.removed(account);
      answer(accepted(response, null, 0));
      return;
    }
    long asked = one.lifetime() < 0 ? granted : one.lifetime();
    long lease = Math.min(Math.min(asked, granted), domain.refresh().toSeconds());
    long now = relay.clock().millis();
    RelayedPhone phone =
        new RelayedPhone(
            relay.binding(account, register, one, lease),
            alias,
            transaction.flow().remote().getAddress(),
            RegisterRelay.username(register.request()),
            ServiceRoute.of(response),
            domain.upstream().targets(),
            now + granted * 1000);
    if (relay.accept(phone, register.flow())) {
      answer(accepted(response, one, lease));
    } else {
      fail(503, "has more phones than there is room for");
    }
  }

  /** How many seconds the PBX gives our Contact. */
  private long granted(SipRequest sent, SipResponse response) {
    long granted = response.expires() >= 0 ? response.expires() : sent.expires();
    for (NameAddr contact : response.contacts()) {
      if (contact.uri() instanceof SipUri uri && alias.equals(uri.user())) {
        granted = Lifetimes.parse(contact.param("expires"), granted);
      }
    }
    return granted;
  }

  /**
   * A 2xx for the phone: with its own Contact and no other, whose addresses are not its business.
   */
  private SipResponse accepted(
      SipResponse response, RelayedContact.@Nullable One one, long lifetime) {
    MessageBuilder<SipResponse> out =
        Replies.start(register.request(), response.status())
            .copy(response, HeaderName.DATE)
            .copy(response, HeaderName.P_ASSOCIATED_URI)
            .copy(response, HeaderName.AUTHENTICATION_INFO);
    if (one != null) {
      RegisterRelay.contact(out, one, lifetime);
    }
    return out.build();
  }

  private SipResponse refusal(SipResponse response) {
    // 408 may not be given to a request other than INVITE (RFC 4320).
    int status = response.status() == 408 ? 504 : response.status();
    MessageBuilder<SipResponse> out = Replies.start(register.request(), status);
    for (HeaderName name : List.of(HeaderName.WWW_AUTHENTICATE, HeaderName.PROXY_AUTHENTICATE)) {
      out.copy(response, name);
    }
    HeaderPolicy.passFailure(response, out);
    relay.refused(register, account, status, DigestAnswer.isStale(response));
    return out.build();
  }

  private void answer(SipResponse response) {
    if (timer != null) {
      timer.cancel();
    }
    register.respond(response);
  }
}
