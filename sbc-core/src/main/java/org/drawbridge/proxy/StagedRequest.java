package org.drawbridge.proxy;

import java.util.List;
import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.policy.Candidate;
import org.drawbridge.policy.DeviceFlows;
import org.drawbridge.policy.Failure;
import org.drawbridge.policy.Failures;
import org.drawbridge.policy.Identities;
import org.drawbridge.policy.Outgoing;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.reach.CallServices;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TargetedRequest;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * A request outside a dialog, other than INVITE, on its way to the candidates of a route: to all of
 * a stage at once, and when all of those have failed, to the next stage. The hosts of a trunk are
 * tried as {@link TargetedRequest} says, and their challenges answered. Confined to its loop.
 */
public final class StagedRequest {

  private final CallServices services;
  private final Admitted admitted;
  private final TargetPlan plan;
  private final Sender sender;
  private final Failures all = new Failures();
  private Failures ofStage = new Failures();
  private int pending;

  /** Who has something to send. */
  public interface Sender {

    /** Whether nothing more need be sent. */
    boolean isAnswered();

    /** The request for one candidate, which is about to be sent. */
    Attempt attempt(Candidate candidate);

    /** The status for a candidate that is ourselves and has no use for the request. */
    int unfit(Candidate candidate);

    /**
     * All candidates have failed.
     *
     * @param alone whether only one was tried
     */
    void fail(Failure best, boolean alone);
  }

  /** The request as it goes to one candidate. */
  public interface Attempt extends ResponseListener {

    Candidate candidate();

    /** The request without Via for a flow; asked again for each further target of a trunk. */
    SipRequest request(Flow flow);

    /** There will be no response; {@link #failed} is to hear of it. */
    void fail(Failure failure);

    /** Its flow leads nowhere, and another attempt goes over another flow of the same device. */
    default void overtaken() {}

    @Override
    default void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      fail(Failure.unanswered(failure, candidate().label()));
    }
  }

  public StagedRequest(CallServices services, Admitted admitted, TargetPlan plan, Sender sender) {
    this.services = services;
    this.admitted = admitted;
    this.plan = plan;
    this.sender = sender;
  }

  /** Sends to the first stage. */
  public void start() {
    tryNext(plan.first());
  }

  /** One candidate of the present stage has failed. */
  public void failed(Failure failure) {
    ofStage.add(failure);
    pending--;
    if (pending == 0 && !sender.isAnswered()) {
      all.addAll(ofStage);
      tryNext(plan.next(ofStage.best(), false));
    }
  }

  /** Whether a candidate is the sender's own PBX, whose challenges are the sender's to answer. */
  public boolean isEndToEnd(Candidate candidate) {
    return Identities.isHome(admitted.source(), candidate);
  }

  /** What a refusal by this candidate means. */
  public Failure refusal(Candidate candidate, SipResponse response) {
    return isEndToEnd(candidate) ? Failure.ofHome(response) : Failure.of(response);
  }

  private void tryNext(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      if (all.isEmpty()) {
        all.add(plan.emptiness());
      }
      sender.fail(all.best(), all.isSingle());
      return;
    }
    ofStage = new Failures();
    pending = candidates.size();
    candidates.forEach(this::send);
  }

  private void send(Candidate candidate) {
    switch (candidate) {
      case Candidate.Contact contact -> send(contact, new DeviceFlows(services.locations()));
      case Candidate.TrunkHost host -> send(host);
      case Candidate.Dialog _, Candidate.Service _ ->
          failed(
              Failure.ofStatus(
                  sender.unfit(candidate), candidate.label() + " takes no such request"));
    }
  }

  private void send(Candidate.Contact contact, DeviceFlows flows) {
    ProxyPath.obtain(
        services.flows(),
        contact.binding(),
        services.loop(),
        result -> send(contact, flows, result));
  }

  /** Over the first flow of the device that there is (RFC 5626 section 7). */
  private void send(Candidate.Contact contact, DeviceFlows flows, FlowResult found) {
    switch (found) {
      case FlowResult.Unreachable _ -> {
        if (flows.afterUnreachable(contact) instanceof Candidate.Contact other) {
          send(other, flows);
        } else {
          failed(Failure.noWay(contact, "The connection to the account is gone", "no flow"));
        }
      }
      case FlowResult.Obtained(Flow flow) when !sender.isAnswered() -> {
        Attempt attempt = sender.attempt(contact);
        services
            .transactions()
            .send(attempt.request(flow), flow, new OverFlow(contact, flows, attempt));
      }
      case FlowResult.Obtained _ -> {}
    }
  }

  private void send(Candidate.TrunkHost host) {
    Attempt attempt = sender.attempt(host);
    TargetedRequest.send(
        services.loop(),
        services.transactions(),
        services.flows(),
        Outgoing.destination(host.trunk(), host.host(), services.trunks()),
        new TargetedRequest.Sending(
            attempt::request,
            host.trunk().tryTimeout().toMillis(),
            TrunkChallenge.before(services.transactions(), host, isEndToEnd(host), attempt),
            reason ->
                attempt.fail(Failure.unreachable(host.label() + " cannot be reached: " + reason))));
  }

  /** Goes on to the next flow of a device where one has failed (RFC 5626 section 5.3.1). */
  private final class OverFlow implements ResponseListener {

    private final Candidate.Contact contact;
    private final DeviceFlows flows;
    private final Attempt attempt;

    OverFlow(Candidate.Contact contact, DeviceFlows flows, Attempt attempt) {
      this.contact = contact;
      this.flows = flows;
      this.attempt = attempt;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipResponse response) {
      if (!DeviceFlows.isFlowFailure(response.status())) {
        attempt.onResponse(transaction, response);
      } else if (flows.after(contact) instanceof Candidate.Contact other && !sender.isAnswered()) {
        attempt.overtaken();
        send(other, flows);
      } else {
        attempt.fail(
            Failure.noWay(contact, "The way to the called device is gone", "it answered 430"));
      }
    }

    @Override
    public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
      attempt.onFailure(transaction, failure);
    }
  }
}
