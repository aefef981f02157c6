package org.drawbridge.proxy;

import org.drawbridge.policy.Candidate;
import org.drawbridge.sip.auth.ChallengeAnswers;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.CSeq;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * Answers challenges of a trunk to a request outside a call by our credentials there (RFC 3261
 * section 22.2), with the next CSeq over the same flow. Who waits for the response hears of
 * everything else.
 */
public final class TrunkChallenge implements ResponseListener {

  private final TransactionLayer transactions;
  private final Candidate candidate;
  private final @Nullable Dialog dialog;
  private final ResponseListener then;
  private final ChallengeAnswers answers = new ChallengeAnswers();

  private TrunkChallenge(
      TransactionLayer transactions,
      Candidate candidate,
      @Nullable Dialog dialog,
      ResponseListener then) {
    this.transactions = transactions;
    this.candidate = candidate;
    this.dialog = dialog;
    this.then = then;
  }

  /**
   * A listener that answers for one who has credentials with this candidate; the listener itself
   * where nobody has.
   *
   * @param isEndToEnd whether the challenge is for whoever sent the request to us
   */
  public static ResponseListener before(
      TransactionLayer transactions,
      Candidate candidate,
      boolean isEndToEnd,
      ResponseListener then) {
    return before(transactions, candidate, isEndToEnd, null, then);
  }

  /**
   * As {@link #before(TransactionLayer, Candidate, boolean, ResponseListener)}.
   *
   * @param dialog that which the request is in, whose numbers go on; null outside
   */
  public static ResponseListener before(
      TransactionLayer transactions,
      Candidate candidate,
      boolean isEndToEnd,
      @Nullable Dialog dialog,
      ResponseListener then) {
    return !isEndToEnd
            && candidate instanceof Candidate.TrunkHost host
            && host.trunk().credentials() != null
        ? new TrunkChallenge(transactions, candidate, dialog, then)
        : then;
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    SipRequest again = response.isChallenge() ? again(transaction.request(), response) : null;
    if (again == null) {
      then.onResponse(transaction, response);
    } else {
      transactions.send(again, transaction.flow(), this);
    }
  }

  private @Nullable SipRequest again(SipRequest request, SipResponse challenge) {
    if (!(candidate instanceof Candidate.TrunkHost host) || host.trunk().credentials() == null) {
      return null;
    }
    MessageBuilder<SipRequest> out = answers.answer(host.trunk().credentials(), challenge, request);
    if (out == null) {
      return null;
    }
    return dialog == null ? numbered(out, request.cseq()) : dialog.again(out, request.method());
  }

  private static SipRequest numbered(MessageBuilder<SipRequest> request, CSeq before) {
    CSeq next = CSeq.of(before.seq() + 1, before.method());
    return request.removeFirst(HeaderName.VIA).replace(HeaderName.CSEQ, next.toString()).build();
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    then.onFailure(transaction, failure);
  }
}
