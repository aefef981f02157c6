package org.drawbridge.proxy.subscription;

import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.LogText;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Paths;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.proxy.StagedRequest;
import org.drawbridge.proxy.StagedRequest.Attempt;
import org.drawbridge.proxy.StagedRequest.Sender;
import org.drawbridge.proxy.TrunkChallenge;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.Contacts;
import org.drawbridge.reach.Peer;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.trunk.TrunkIndex;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** One SUBSCRIBE on its way: the first 2xx answers the subscriber. */
final class Watch implements Sender {

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
  private final StagedRequest stages;
  private final String opaque = Tokens.tag();
  private @Nullable Timer timer;

  /** Of the first subscription: our tag in the answer, and in the NOTIFYs of one notifier. */
  private @Nullable String tag = Tokens.tag();

  private final Peer peer;
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
    TargetPlan plan =
        new TargetPlan(route, services.locations(), services.trunks(), services.limits().branches())
            .only(admitted.device())
            .counting(services.counters());
    this.stages = new StagedRequest(services, admitted, plan, this);
    this.peer = all.peer(subscribe, admitted);
    this.answering = Dialog.uas(subscribe.request(), subscribe.flow(), String.valueOf(tag));
  }

  LocationService locations() {
    return services.locations();
  }

  /** The trunks by which it was decided. */
  TrunkIndex trunks() {
    return admitted.rules().trunks();
  }

  /** Who asks. */
  Peer subscriber() {
    return peer;
  }

  void start() {
    timer = services.loop().schedule(ANSWER_MILLIS, this::onLate);
    stages.start();
  }

  @Override
  public boolean isAnswered() {
    return subscribe.isAnswered();
  }

  @Override
  public int unfit(Candidate candidate) {
    return candidate instanceof Candidate.Service ? 489 : 405;
  }

  @Override
  public Attempt attempt(Candidate candidate) {
    SipRequest original = subscribe.request();
    Identities identities = Identities.of(original, admitted, route, candidate);
    MessageBuilder<SipRequest> out =
        Outgoing.request(original, identities, services.callIds().get());
    wish.fill().accept(identities, out);
    SipRequest request = Paths.along(candidate, services.trunks(), out.build());
    Asking asking = new Asking(this, request, candidate, Tokens.tag());
    all.waitFor(request.callId(), asking);
    return asking;
  }

  /** What a refusal of this candidate means. */
  Failure failure(Candidate candidate, SipResponse refusal) {
    return stages.refusal(candidate, refusal);
  }

  /** Answers challenges of a candidate in a dialog with it before a listener hears of them. */
  ResponseListener credentials(Candidate candidate, Dialog dialog, ResponseListener listener) {
    return TrunkChallenge.before(
        services.transactions(), candidate, stages.isEndToEnd(candidate), dialog, listener);
  }

  /** A notifier takes it; its NOTIFY may be here already or come a little later. */
  void onTaken(Asking asking, SipResponse response) {
    services.loop().schedule(TIMER_N, () -> all.stopWaiting(asking.callId()));
    if (!subscribe.isAnswered()) {
      MessageBuilder<SipResponse> out = answer(response.status());
      EventHeaders.passSuccess(response, out);
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
    Side subscriber = new Side(dialog, opaque, peer, () -> false, UnaryOperator.identity());
    Subscription made = new Subscription(all, subscriber, notifier, event);
    all.add(made);
    return made;
  }

  /** Nobody has it: the same device is asked another way. */
  void onOvertaken(Asking asking) {
    all.stopWaiting(asking.callId());
  }

  void onFailed(Asking asking, Failure failure) {
    all.stopWaiting(asking.callId());
    stages.failed(failure);
  }

  private void onLate() {
    if (!subscribe.isAnswered()) {
      fail(Failure.ofStatus(480, "Nobody took the subscription in time"), true);
    }
  }

  @Override
  public void fail(Failure failure, boolean alone) {
    int status = failure.statusForSender(alone);
    MessageBuilder<SipResponse> out = answer(status);
    failure.describe(out, status);
    respond(status, failure.report(), out);
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
        LogText.of(subscribe.request().callId()),
        LogText.of(event),
        route.route(),
        status,
        LogText.ofReasons(words));
    subscribe.respond(out.build());
  }
}
