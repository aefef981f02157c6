package org.drawbridge.sip.transaction;

import java.util.function.Consumer;
import java.util.function.Function;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Timer;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.TargetWalk;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request outside a dialog, other than INVITE, on its way to a destination: a target that keeps
 * silent, breaks the connection or answers 503 is followed by the next one (RFC 3263 section 4.3),
 * and one of more than 1300 bytes goes over TCP where that works (RFC 3261 section 18.1.1). The
 * listener hears of the last attempt only. Confined to its loop.
 */
public final class TargetedRequest implements ResponseListener {

  private final Loop loop;
  private final TransactionLayer transactions;
  private final TargetWalk walk;
  private final Sending sending;
  private @Nullable ClientTransaction current;
  private @Nullable Timer silence;

  /**
   * What is sent, and who hears of it.
   *
   * @param request makes the request for a flow, without Via
   * @param tryMillis how long a target may keep silent while there is another one
   * @param listener hears responses and the failure of the last transaction
   * @param unreachable told why, in words, where no target could be sent to
   */
  public record Sending(
      Function<Flow, SipRequest> request,
      long tryMillis,
      ResponseListener listener,
      Consumer<String> unreachable) {}

  private TargetedRequest(
      Loop loop, TransactionLayer transactions, TargetWalk walk, Sending sending) {
    this.loop = loop;
    this.transactions = transactions;
    this.walk = walk;
    this.sending = sending;
  }

  /** Sends to the first target that can be reached. The listener is called later. */
  public static void send(
      Loop loop,
      TransactionLayer transactions,
      Flows flows,
      Destination destination,
      Sending sending) {
    TargetWalk walk = new TargetWalk(flows, destination, loop);
    walk.next(new TargetedRequest(loop, transactions, walk, sending)::onFlow);
  }

  private void onFlow(FlowResult result) {
    switch (result) {
      case FlowResult.Unreachable(String reason) -> sending.unreachable().accept(reason);
      case FlowResult.Obtained(Flow flow) -> {
        SipRequest request = sending.request().apply(flow);
        walk.carrier(
            flow,
            request.wire().length,
            carrier -> send(carrier == flow ? request : sending.request().apply(carrier), carrier));
      }
    }
  }

  private void send(SipRequest request, Flow flow) {
    current = transactions.send(request, flow, this);
    if (walk.hasNext() || walk.isMoved()) {
      silence = loop.schedule(sending.tryMillis(), this::onSilence);
    }
  }

  private void onSilence() {
    current = null;
    walk.broke();
    walk.next(this::onFlow);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (transaction != current) {
      return;
    }
    stopWaiting();
    if (response.status() == 503) {
      walk.failed(RetryAfter.of(response));
      if (walk.hasNext()) {
        walk.next(this::onFlow);
        return;
      }
    }
    sending.listener().onResponse(transaction, response);
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    if (transaction != current) {
      return;
    }
    stopWaiting();
    if (failure != TransactionFailure.OVERLOADED) {
      walk.broke();
      if (walk.hasNext()) {
        walk.next(this::onFlow);
        return;
      }
    }
    sending.listener().onFailure(transaction, failure);
  }

  private void stopWaiting() {
    if (silence != null) {
      silence.cancel();
      silence = null;
    }
  }
}
