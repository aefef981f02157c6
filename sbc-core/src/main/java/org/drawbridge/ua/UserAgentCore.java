package org.drawbridge.ua;

import java.util.concurrent.ThreadLocalRandom;
import org.drawbridge.account.Aor;
import org.drawbridge.b2bua.CallCenter;
import org.drawbridge.loop.Loop;
import org.drawbridge.policy.Admission;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.RequestChecks;
import org.drawbridge.proxy.MessageRelay;
import org.drawbridge.proxy.StatefulProxy;
import org.drawbridge.proxy.subscription.Subscriptions;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.DeviceMedia;
import org.drawbridge.registrar.RegisterAnswer;
import org.drawbridge.routeservice.RouteServices;
import org.drawbridge.routing.config.CallMode;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.message.Via;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.drawbridge.sip.transaction.TransactionUser;
import org.drawbridge.upstream.ClientParts;
import org.drawbridge.upstream.RegisterRelay;
import org.drawbridge.upstream.RegisterRelay.RelaySettings;
import org.jspecify.annotations.Nullable;

/**
 * The SIP of one signalling loop: its transactions and what stands above them. Everything is called
 * on that loop; messages must have been brought to the loop that owns their Call-ID, closed flows
 * to every loop.
 */
public final class UserAgentCore implements TransactionUser {

  private static final String LEAVING = "This server is about to stop";

  private final TransactionLayer transactions;
  private final CallCenter calls;
  private final StatefulProxy proxy;
  private final MessageRelay messages;
  private final Subscriptions subscriptions;
  private final OpenQuestions questions;
  private LocalEvents localEvents = LocalEvents.NONE;
  private Doors doors = new Doors();
  private final Admission admission;
  private final RegisterHandler register;
  private final Flows flows;
  private final @Nullable RegisterRelay relay;

  /** A core without calls, joined with those of other loops. */
  public UserAgentCore(Loop loop, CoreParts parts, InnerNetwork network) {
    this.flows = parts.flows();
    this.questions = new OpenQuestions(loop);
    this.transactions = new TransactionLayer(loop, this, parts.bounds().transactions());
    CallServices services =
        new CallServices(
            loop,
            () -> parts.shards().mintCallId(loop),
            transactions,
            new CallServices.Reach(
                network.with(parts.flows(), loop),
                parts.accounts().locations(),
                parts.accounts().upstream().trunks(),
                new DeviceMedia(),
                parts.bounds().meters()),
            parts.media(),
            parts.bounds().calls(),
            parts.counters().registry());
    this.calls = new CallCenter(services, parts.counters());
    this.proxy = new StatefulProxy(services, parts.rules(), parts.accounts().secret().get());
    this.messages = new MessageRelay(services);
    this.subscriptions = new Subscriptions(services);
    this.admission =
        new Admission(
            parts.rules(),
            parts.accounts().authenticator(),
            parts.accounts().upstream().trunks(),
            parts.accounts().upstream().relayed(),
            parts.accounts().locations());
    this.relay = relay(loop, parts);
    this.register = parts.accounts().register();
    network.add(loop, this);
  }

  private @Nullable RegisterRelay relay(Loop loop, CoreParts parts) {
    RelaySettings relays = parts.accounts().upstream().relays();
    return relays == null
        ? null
        : new RegisterRelay(
            new ClientParts(
                loop,
                () -> parts.shards().mintCallId(loop),
                transactions,
                parts.flows(),
                ThreadLocalRandom::current),
            relays,
            row -> parts.shards().firstOwned(loop, row));
  }

  /** A message came over a flow. */
  public void onMessage(Flow flow, SipMessage message) {
    transactions.onMessage(flow, message);
  }

  /** A stream is gone. */
  public void onFlowClosed(Flow flow, CloseCause cause, String reason) {
    transactions.onFlowClosed(flow);
    calls.onFlowClosed(flow, cause, reason);
    subscriptions.onFlowClosed(flow);
    localEvents.onFlowClosed(flow);
  }

  /** The calls of this loop. */
  public CallCenter calls() {
    return calls;
  }

  /** What passes through this loop without becoming a call of ours. */
  public StatefulProxy proxy() {
    return proxy;
  }

  /** The subscriptions that others have at others. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Serves events here; to be called before the first request. */
  public void serve(LocalEvents events) {
    localEvents = events;
  }

  /** Asks route services by this; to be called before the first request. */
  public void askBy(RouteServices services) {
    questions.askBy(services);
  }

  /** Lets in whom these do; to be called before the first request. */
  public void guard(Doors shared) {
    doors = shared;
  }

  /** The transactions of this loop. */
  public TransactionLayer transactions() {
    return transactions;
  }

  private void onRegister(ServerTransaction transaction) {
    transaction.refuseOnce(true);
    if (doors.areShutToDevices()) {
      transaction.respond(Replies.refuse(transaction.request(), 503, LEAVING));
    } else if (relay == null || !relay.take(transaction)) {
      RegisterAnswer answer = register.onRegister(transaction.request(), transaction.flow());
      transaction.refuseOnce(!answer.reached());
      transaction.respond(answer.response());
    }
  }

  @Override
  public void onRequest(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    if (request.toTag() != null) {
      onInDialog(transaction);
      return;
    }
    if (request.method() == Method.REGISTER) {
      onRegister(transaction);
      return;
    }
    if (transaction.flow() instanceof InnerFlow) {
      calls.onInside(transaction);
      return;
    }
    transaction.refuseOnce(true);
    boolean isCall = request.method() == Method.INVITE;
    // What an INVITE requires of its other end can only be judged when that is known.
    SipResponse refusal =
        isCall || isNews(transaction)
            ? RequestChecks.passing(request)
            : RequestChecks.outOfDialog(request);
    if (refusal == null) {
      dispatch(transaction);
    } else if (isCall) {
      calls.refuse(transaction, refusal);
    } else {
      transaction.respond(refusal);
    }
  }

  /**
   * A NOTIFY that nobody has asked for, as PBXs send of messages that wait (RFC 3842) and to have a
   * phone read its settings. From anybody else it is refused.
   */
  private boolean isNews(ServerTransaction transaction) {
    return transaction.request().method() == Method.NOTIFY
        && admission.isForPhone(transaction.request(), transaction.flow());
  }

  private void onInDialog(ServerTransaction transaction) {
    boolean taken =
        switch (transaction.request().method()) {
          case SUBSCRIBE ->
              subscriptions.onInDialog(transaction) || localEvents.onInDialog(transaction);
          case NOTIFY -> subscriptions.onInDialog(transaction);
          default -> false;
        };
    if (!taken && !proxy.onInDialog(transaction)) {
      calls.onInDialog(transaction);
    }
  }

  private void dispatch(ServerTransaction transaction) {
    SipRequest request = transaction.request();
    switch (request.method()) {
      case INVITE, MESSAGE, SUBSCRIBE, NOTIFY, PUBLISH, REFER -> admit(transaction);
      case OPTIONS -> {
        if (admission.isForOther(request, transaction.flow())) {
          admit(transaction);
        } else if (doors.areShut()) {
          transaction.respond(Replies.refuse(request, 503, LEAVING));
        } else {
          transaction.respondStateless(Replies.options(request));
        }
      }
      case BYE, INFO, UPDATE, PRACK, CANCEL ->
          transaction.respond(Replies.refuse(request, 481, "There is no such call"));
      case ACK, REGISTER, EXTENSION ->
          transaction.respond(
              Replies.refuse(request, 405, request.methodToken() + " is not served here"));
    }
  }

  private void admit(ServerTransaction transaction) {
    boolean isCall = transaction.request().method() == Method.INVITE;
    switch (admission.admit(transaction.request(), transaction.flow())) {
      case Admission.Outcome.Refused(SipResponse response, String why, boolean reached) -> {
        transaction.refuseOnce(!reached);
        if (isCall && response.status() != 407) {
          calls.refuse(transaction, response, why);
        } else {
          transaction.respond(response);
        }
      }
      case Admission.Outcome.Admitted admitted -> onAdmitted(transaction, admitted);
      case Admission.Outcome.Asking asking -> {
        transaction.refuseOnce(asking.source() instanceof CallSource.Anonymous);
        questions.ask(transaction, asking, admitted -> onAdmitted(transaction, admitted));
      }
    }
  }

  private void onAdmitted(ServerTransaction transaction, Admission.Outcome.Admitted admitted) {
    boolean isNobody =
        admitted.source() instanceof CallSource.Anonymous
            && admitted.decision() instanceof RouteDecision.Refuse;
    transaction.refuseOnce(isNobody);
    if (admitted.source() instanceof CallSource.Registered(String user, String domain)) {
      transaction.flow().keep(new Aor(user, domain));
    } else if (admitted.source() instanceof CallSource.FromTrunk) {
      transaction.flow().keep();
      reuse(transaction);
    }
    switch (transaction.request().method()) {
      case INVITE -> onInvite(transaction, admitted);
      case SUBSCRIBE -> {
        if (!localEvents.onSubscribe(transaction, admitted)) {
          subscriptions.onSubscribe(transaction, admitted);
        }
      }
      case REFER -> subscriptions.onRefer(transaction, admitted);
      default -> messages.onMessage(transaction, admitted);
    }
  }

  /** A trunk that offers its connection for our requests: its address has shown who it is. */
  private void reuse(ServerTransaction transaction) {
    Via via = transaction.request().topVia();
    if (transaction.flow().transport() == Transport.TCP && via.params().has("alias")) {
      int port = via.port() < 0 ? Transport.TCP.defaultPort() : via.port();
      flows.reuse(transaction.flow(), port);
    }
  }

  private void onInvite(ServerTransaction invite, Admission.Outcome.Admitted admitted) {
    if (doors.areShutTo(invite.request(), admitted)) {
      calls.refuse(invite, Replies.refuse(invite.request(), 503, LEAVING));
      return;
    }
    if (admitted.decision() instanceof RouteDecision.Deliver route
        && route.handling().mode() == CallMode.PROXY) {
      SipResponse unhidden = RequestChecks.hiding(invite.request());
      if (unhidden == null) {
        proxy.onNew(invite, admitted, route);
      } else {
        invite.respond(unhidden);
      }
      return;
    }
    SipResponse refusal = RequestChecks.outOfDialog(invite.request());
    if (refusal == null) {
      calls.onInvite(invite, admitted);
    } else {
      calls.refuse(invite, refusal);
    }
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    if (questions.drop(invite)) {
      calls.refuse(invite, Replies.refuse(invite.request(), 487, "The caller gave up"));
    } else if (!proxy.onCancel(invite, cancel)) {
      calls.onCancel(invite, cancel);
    }
  }

  @Override
  public void onAck(SipRequest ack, Flow flow) {
    if (!proxy.onAck(ack, flow)) {
      calls.onAck(ack, flow);
    }
  }

  @Override
  public void onStrayResponse(SipResponse response, Flow flow) {
    // A 2xx this late has no INVITE to acknowledge it by; its sender gives up by itself (RFC 3261
    // 13.3.1.4).
  }

  @Override
  public void onLost(ServerTransaction invite) {
    if (!questions.drop(invite) && !proxy.onLost(invite)) {
      calls.onLost(invite);
    }
  }
}
