package org.drawbridge.proxy.subscription;

import java.util.function.Consumer;
import org.drawbridge.policy.Failure;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.dialog.SubscriptionEnd;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.ReasonPhrases;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * A request within one dialog that waits for the answer to its counterpart in the other.
 *
 * @param from what came
 * @param dialog the dialog it came in
 * @param contact our Contact in that dialog
 * @param then told the outcome, after the answer was given
 */
record Relayed(ServerTransaction from, Dialog dialog, String contact, Consumer<Outcome> then)
    implements ResponseListener {

  private static final String RETRY_SECONDS = "5";

  /** What came of it. */
  sealed interface Outcome {

    /** A 2xx. */
    record Taken(SipResponse response) implements Outcome {}

    /** Anything else. */
    record Refused(Failure failure) implements Outcome {

      boolean isEnd() {
        return SubscriptionEnd.isToldBy(failure.status());
      }
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isProvisional()) {
      return;
    }
    if (!response.isSuccess()) {
      refused(Failure.of(response));
      return;
    }
    MessageBuilder<SipResponse> out = answer(response.status());
    EventHeaders.passSuccess(response, out);
    from.respond(out.header(HeaderName.CONTACT, contact).build());
    then.accept(new Outcome.Taken(response));
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    switch (failure) {
      case TIMEOUT -> refused(Failure.timeout());
      case FLOW_CLOSED -> later("The other side is not connected now");
      case OVERLOADED -> later("Too many requests at once");
    }
  }

  /**
   * What cannot be sent now can be soon: without a Retry-After, or with a 480, the subscription
   * would end (RFC 6665 section 4.2.2).
   */
  private void later(String why) {
    Failure failure = Failure.ofStatus(500, why);
    refuse(refusal(failure).replace(HeaderName.RETRY_AFTER, RETRY_SECONDS), failure);
  }

  private void refused(Failure failure) {
    refuse(refusal(failure), failure);
  }

  private MessageBuilder<SipResponse> refusal(Failure failure) {
    int status = failure.statusForSender(true);
    MessageBuilder<SipResponse> out = answer(status);
    failure.describe(out, status);
    return out;
  }

  private void refuse(MessageBuilder<SipResponse> out, Failure failure) {
    from.respond(out.build());
    then.accept(new Outcome.Refused(failure));
  }

  private MessageBuilder<SipResponse> answer(int status) {
    SipRequest request = from.request();
    return dialog.response(request, status, ReasonPhrases.of(status));
  }
}
