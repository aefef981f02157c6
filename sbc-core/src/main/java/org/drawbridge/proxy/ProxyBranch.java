package org.drawbridge.proxy;

import org.drawbridge.policy.Failure;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/** One copy of a request on its way. Tells its owner of what comes back; fails at most once. */
final class ProxyBranch implements ResponseListener {

  /** What a branch tells. */
  interface Owner {
    /** A provisional response other than 100. */
    void onProgress(SipResponse response);

    /** A 2xx, the first one or a further one. */
    void onSuccess(ProxyBranch branch, SipResponse response);

    /** It failed, by a response or without. */
    void onFailed(ProxyBranch branch, Failure failure);
  }

  private final Owner owner;
  private final Hop hop;
  private final TransactionLayer transactions;
  private final boolean inDialog;
  private @Nullable ClientTransaction transaction;
  private boolean heard;
  private boolean over;
  private boolean givenUp;

  ProxyBranch(Owner owner, Hop hop, TransactionLayer transactions, boolean inDialog) {
    this.owner = owner;
    this.hop = hop;
    this.transactions = transactions;
    this.inDialog = inDialog;
  }

  /** Begins; the owner may hear of a failure before this returns. */
  void start() {
    hop.obtain(this::onFlow);
  }

  private void onFlow(FlowResult result) {
    if (over) {
      return;
    }
    switch (result) {
      case FlowResult.Obtained(Flow flow) ->
          transaction = transactions.send(hop.request(flow), inDialog, flow, this);
      case FlowResult.Unreachable(String reason) -> fail(hop.unreachable(reason));
    }
  }

  /**
   * Takes it back (RFC 3261 section 16.10): its failure still comes if it was under way and the
   * other side has shown that it is there; else it comes at once.
   */
  void giveUp(@Nullable String reason, Failure otherwise) {
    if (over || givenUp) {
      return;
    }
    givenUp = true;
    ClientTransaction sent = transaction;
    if (sent != null) {
      sent.cancel(reason);
    }
    if (!heard) {
      fail(otherwise);
    }
  }

  @Override
  public void onResponse(ClientTransaction from, SipResponse response) {
    if (response.isSuccess()) {
      over = true;
      owner.onSuccess(this, response);
    } else if (response.isFinal()) {
      fail(Failure.of(response));
    } else {
      heard = true;
      if (response.status() != 100) {
        owner.onProgress(response);
      }
    }
  }

  @Override
  public void onFailure(ClientTransaction from, TransactionFailure failure) {
    fail(
        switch (failure) {
          case TIMEOUT -> Failure.timeout();
          case FLOW_CLOSED -> Failure.unreachable("The connection to " + hop.label() + " broke");
          case OVERLOADED -> Failure.ofStatus(503, "Too many requests at once");
        });
  }

  private void fail(Failure failure) {
    if (!over) {
      over = true;
      owner.onFailed(this, failure);
    }
  }
}
