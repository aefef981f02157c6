package org.drawbridge.b2bua.leg;

import org.drawbridge.reach.CallServices;
import org.drawbridge.reach.NextHop;
import org.drawbridge.reach.Peer;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.auth.ChallengeAnswers;
import org.drawbridge.sip.dialog.SessionTimer;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * Sends requests of a leg: over the flow it has now, and with credentials where its trunk asks for
 * them.
 */
final class LegSender implements ResponseListener {

  private final Leg leg;
  private final ResponseListener listener;
  private final ChallengeAnswers challenges = new ChallengeAnswers();
  private int enlarged;

  private LegSender(Leg leg, ResponseListener listener) {
    this.leg = leg;
    this.listener = listener;
  }

  static void send(Leg leg, SipRequest request, ResponseListener listener) {
    new LegSender(leg, listener).send(request);
  }

  private void send(SipRequest request) {
    CallServices services = leg.call().services();
    boolean isReachable = leg.flowWatch().isReachable();
    Destination next =
        isReachable
            ? NextHop.within(leg.dialog(), leg.peer(), leg.call().rules().trunks())
            : NextHop.proxy(leg.dialog(), leg.peer());
    if (next != null) {
      services.flows().obtain(next, services.loop(), result -> sendOver(result, request));
    } else if (isReachable || !(leg.peer() instanceof Peer.OfTrunk trunk)) {
      services.transactions().send(request, leg.flow(), this);
    } else {
      NextHop.reconnect(services, leg.dialog(), trunk, result -> sendOver(result, request));
    }
  }

  private void sendOver(FlowResult result, SipRequest request) {
    if (result instanceof FlowResult.Obtained(var flow)) {
      if (leg.flow().isOpen()) {
        leg.routeOver(flow);
      } else {
        leg.flowWatch().moveTo(flow);
      }
    }
    leg.call().services().transactions().send(request, leg.flow(), this);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    boolean repeated =
        response.isChallenge()
            ? repeat(transaction.request(), response)
            : response.status() == 422 && enlarge(transaction.request(), response);
    if (!repeated) {
      if (response.isSuccess() && !(leg.peer() instanceof Peer.OfTrunk)) {
        leg.flowWatch().moveTo(transaction.heardOver());
      }
      listener.onResponse(transaction, response);
    }
  }

  /** Asks again for the longer session that the peer names (RFC 4028 section 7.3). */
  private boolean enlarge(SipRequest sent, SipResponse refusal) {
    if (enlarged == SessionTimer.MAX_ENLARGED || !leg.timers().session().onTooSmall(refusal)) {
      return false;
    }
    enlarged++;
    MessageBuilder<SipRequest> again = sent.edit();
    leg.timers().ask(again);
    send(leg.dialog().again(again, sent.method()));
    return true;
  }

  private boolean repeat(SipRequest sent, SipResponse challenge) {
    if (!(leg.peer() instanceof Peer.OfTrunk of) || of.trunk().credentials() == null) {
      return false;
    }
    TrunkCredentials credentials = of.trunk().credentials();
    MessageBuilder<SipRequest> again = challenges.answer(credentials, challenge, sent);
    if (again == null) {
      return false;
    }
    send(leg.dialog().again(again, sent.method()));
    return true;
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    listener.onFailure(transaction, failure);
  }
}
