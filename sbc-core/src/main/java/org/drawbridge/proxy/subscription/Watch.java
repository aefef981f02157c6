package org.drawbridge.proxy.subscription;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.b2bua.CallServices;
import org.drawbridge.b2bua.Contacts;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Paths;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.proxy.TrunkChallenge;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * One SUBSCRIBE on its way: to all candidates of a stage at once; the first 2xx answers the
 * subscriber, and when all have failed the next stage has its turn.
 */
final class Watch {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.subscription");

  /** As for other requests that are not INVITE: before the sender gives up (RFC 4320). */
  private static final long ANSWER_MILLIS = 25_000;

  /** Timer N: how long a NOTIFY is waited for (RFC 6665 section 4.1.2.4). */
  private static final long TIMER_N = 32_000;

  private final Subscriptions all;
  private final CallServices services;
  private final ServerTransaction subscribe;
  private final Admitted admitted;
  private final RouteDecision.Deliver route;
  private final String event;
  private final Wish wish;
  private final TargetPlan plan;
  private final String opaque = Tokens.tag();
  private final Failures failures = new Failures();
  private Failures ofStage = new Failures();
  private int pending;
  private @Nullable Timer timer;

  /** Of the first subscription: our tag in the answer, and in the NOTIFYs of one notifier. */
  private @Nullable String tag = Tokens.tag();

  private final Dialog answering;

  Watch(
      Subscriptions all,
      CallServices services,
      ServerTransaction subscribe,
      Admitted admitted,
      RouteDecision.Deliver route,
      Wish wish) {
    this.all = all;
    this.services = services;
    this.subscribe = subscribe;
    this.admitted = admitted;
    this.route = route;
    this.event = wish.event();
    this.wish = wish;
    this.plan =
        new TargetPlan(route, services.locations(), services.trunks(), services.limits().branches())
            .only(admitted.device())
            .counting(services.counters());
    this.answering = Dialog.uas(subscribe.request(), subscribe.flow(), String.valueOf(tag));
  }

  LocationService locations() {
    return services.locations();
  }

  void start() {
    timer = services.loop().schedule(ANSWER_MILLIS, this::onLate);
    tryNext(plan.first());
  }

  private void tryNext(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      if (failures.isEmpty()) {
        failures.add(plan.emptiness());
      }
      fail(failures.best(), failures.isSingle());
      return;
    }
    ofStage = new Failures();
    pending = candidates.size();
    candidates.forEach(this::ask);
  }

  private void ask(Candidate candidate) {
    switch (candidate) {
      case Candidate.Contact(var binding) -> {
        Flow flow = services.flows().find(binding.flow());
        if (flow == null || !flow.isOpen()) {
          services.locations().flowFailed(binding);
          onFailed(Failure.ofStatus(480, "The connection to the account is gone"));
        } else {
          ask(candidate, flow);
        }
      }
      case Candidate.TrunkHost host ->
          services
              .flows()
              .obtain(
                  Outgoing.destination(host.trunk(), host.host()),
                  services.loop(),
                  result -> onFlow(candidate, result));
      case Candidate.Dialog dialog ->
          onFailed(Failure.ofStatus(405, dialog.label() + " takes no subscriptions"));
      case Candidate.Service service ->
          onFailed(Failure.ofStatus(489, service.label() + " has no events"));
    }
  }

  private void onFlow(Candidate candidate, FlowResult result) {
    switch (result) {
      case FlowResult.Obtained(Flow flow) -> ask(candidate, flow);
      case FlowResult.Unreachable(String reason) ->
          onFailed(Failure.unreachable(candidate.label() + " cannot be reached: " + reason));
    }
  }

  /** What a refusal of this candidate means. */
  Failure failure(Candidate candidate, SipResponse refusal) {
    return Identities.isHome(admitted.source(), candidate)
        ? Failure.ofHome(refusal)
        : Failure.of(refusal);
  }

  private void ask(Candidate candidate, Flow flow) {
    if (subscribe.isAnswered()) {
      return;
    }
    SipRequest original = subscribe.request();
    Identities identities = Identities.of(original, admitted, route, candidate);
    String mine = Tokens.tag();
    MessageBuilder<SipRequest> out =
        Outgoing.request(original, identities, services.callIds().get())
            .header(HeaderName.CONTACT, Contacts.of(flow, mine));
    wish.fill().accept(identities, out);
    SipRequest request = Paths.along(candidate, services.trunks(), out.build());
    Asking asking = new Asking(this, request, candidate, mine);
    all.waitFor(request.callId(), asking);
    services.transactions().send(request, flow, credentials(candidate, null, asking));
  }

  /**
   * Answers challenges of a candidate before a listener hears of them.
   *
   * @param dialog that which the request is in, null outside
   */
  ResponseListener credentials(
      Candidate candidate, @Nullable Dialog dialog, ResponseListener listener) {
    boolean isEndToEnd = Identities.isHome(admitted.source(), candidate);
    return TrunkChallenge.before(services.transactions(), candidate, isEndToEnd, dialog, listener);
  }

  /** A notifier takes it; its NOTIFY may be here already or come a little later. */
  void onTaken(Asking asking, SipResponse response) {
    services.loop().schedule(TIMER_N, () -> all.stopWaiting(asking.callId()));
    if (!subscribe.isAnswered()) {
      MessageBuilder<SipResponse> out = answer(response.status());
      EventHeaders.passAnswer(response, out);
      out.copy(subscribe.request(), HeaderName.RECORD_ROUTE)
          .header(HeaderName.CONTACT, Contacts.of(subscribe.flow(), opaque));
      respond(response.status(), "taken", out);
    }
  }

  /** The subscription of a notifier that has shown up. */
  Subscription joined(Side notifier) {
    String own = tag == null ? Tokens.tag() : tag;
    tag = null;
    Dialog dialog = Dialog.uas(subscribe.request(), subscribe.flow(), own);
    Side subscriber = new Side(dialog, opaque, () -> false, UnaryOperator.identity());
    Subscription made = new Subscription(all, subscriber, notifier, event);
    all.add(made);
    return made;
  }

  void onFailed(Asking asking, Failure failure) {
    all.stopWaiting(asking.callId());
    onFailed(failure);
  }

  private void onFailed(Failure failure) {
    ofStage.add(failure);
    pending--;
    if (pending == 0 && !subscribe.isAnswered()) {
      failures.addAll(ofStage);
      tryNext(plan.next(ofStage.best(), false));
    }
  }

  private void onLate() {
    if (!subscribe.isAnswered()) {
      fail(Failure.ofStatus(480, "Nobody took the subscription in time"), true);
    }
  }

  private void fail(Failure failure, boolean alone) {
    int shown = failure.statusForCaller(alone);
    // 408 may not be given to a request other than INVITE (RFC 4320).
    int status = shown == 408 ? 480 : shown;
    MessageBuilder<SipResponse> out = answer(status);
    SipResponse response = failure.response();
    if (response != null && status == failure.status()) {
      EventHeaders.passAnswer(response, out);
    } else {
      Replies.explain(out, status, failure.words());
    }
    respond(status, failure.words(), out);
  }

  private MessageBuilder<SipResponse> answer(int status) {
    return answering.response(subscribe.request(), status, ReasonPhrases.of(status));
  }

  private void respond(int status, String words, MessageBuilder<SipResponse> out) {
    if (timer != null) {
      timer.cancel();
    }
    LOG.info(
        "subscription.answered call-id={} event={} route={} status={} reason=\"{}\"",
        subscribe.request().callId(),
        event,
        route.route(),
        status,
        words);
    subscribe.respond(out.build());
  }
}
