package org.drawbridge.proxy;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Timer;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.HeaderEdits;
import org.drawbridge.policy.HeaderPolicy;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.LogText;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.Paths;
import org.drawbridge.policy.Replies;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.proxy.StagedRequest.Attempt;
import org.drawbridge.proxy.StagedRequest.Sender;
import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.Contacts;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** One request outside a dialog on its way: the first 2xx answers the sender. */
final class RelayedMessage implements Sender {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.message");

  /**
   * Shorter than the sender's timer F, so that it gets an answer of ours rather than none (RFC
   * 4320).
   */
  private static final long ANSWER_MILLIS = 25_000;

  private final CallServices services;
  private final ServerTransaction message;
  private final Admitted admitted;
  private final RouteDecision.Deliver route;
  private final StagedRequest stages;
  private @Nullable Timer timer;

  RelayedMessage(
      CallServices services,
      ServerTransaction message,
      Admitted admitted,
      RouteDecision.Deliver route,
      TargetPlan plan) {
    this.services = services;
    this.message = message;
    this.admitted = admitted;
    this.route = route;
    this.stages = new StagedRequest(services, admitted, plan, this);
  }

  void start() {
    timer = services.loop().schedule(ANSWER_MILLIS, this::onLate);
    stages.start();
  }

  @Override
  public boolean isAnswered() {
    return message.isAnswered();
  }

  @Override
  public Attempt attempt(Candidate candidate) {
    return new Sent(candidate);
  }

  @Override
  public int unfit(Candidate candidate) {
    return 405;
  }

  /** The request as one candidate has it. */
  private final class Sent implements Attempt {

    private final Candidate candidate;

    Sent(Candidate candidate) {
      this.candidate = candidate;
    }

    @Override
    public Candidate candidate() {
      return candidate;
    }

    @Override
    public SipRequest request(Flow flow) {
      SipRequest original = message.request();
      Identities identities = Identities.of(original, admitted, route, candidate);
      MessageBuilder<SipRequest> out =
          Outgoing.request(original, identities, services.callIds().get());
      MethodHeaders.pass(original, out);
      if (original.method() == Method.NOTIFY) {
        out.header(HeaderName.CONTACT, Contacts.of(flow, Tokens.tag()));
      }
      passBody(original, identities, out);
      HeaderEdits.apply(route.changes(), candidate, original, out);
      return Paths.along(candidate, services.trunks(), out.build());
    }

    /** A MESSAGE is what its sender has written; a state was made by a device or a PBX. */
    private void passBody(SipRequest original, Identities as, MessageBuilder<SipRequest> out) {
      if (original.method() == Method.PUBLISH || original.method() == Method.NOTIFY) {
        HostBody.pass(original, List.of(original.from().uri()), as.from().uri(), out);
      } else {
        HeaderPolicy.passBody(original, out);
      }
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (response.isProvisional()) {
        return;
      }
      if (!response.isSuccess()) {
        fail(stages.refusal(candidate, response));
      } else if (!message.isAnswered()) {
        MessageBuilder<SipResponse> out = Replies.start(message.request(), response.status());
        MethodHeaders.pass(message.request().method(), response, out);
        answer(response.status(), "delivered", out);
      }
    }

    @Override
    public void fail(Failure failure) {
      stages.failed(failure);
    }
  }

  private void onLate() {
    if (!message.isAnswered()) {
      fail(Failure.ofStatus(480, "Nobody answered the request in time"), true);
    }
  }

  @Override
  public void fail(Failure failure, boolean alone) {
    int status = failure.statusForSender(alone);
    MessageBuilder<SipResponse> out = Replies.start(message.request(), status);
    failure.describe(out, status);
    answer(status, failure.report(), out);
  }

  private void answer(int status, String words, MessageBuilder<SipResponse> out) {
    if (timer != null) {
      timer.cancel();
    }
    LOG.info(
        "message.done call-id={} method={} route={} status={} reason=\"{}\"",
        LogText.of(message.request().callId()),
        message.request().methodToken(),
        route.route(),
        status,
        LogText.ofReasons(words));
    message.respond(out.build());
  }
}
