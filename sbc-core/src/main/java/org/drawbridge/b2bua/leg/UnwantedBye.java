package org.drawbridge.b2bua.leg;

import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.auth.ChallengeAnswers;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.drawbridge.sip.transaction.TransactionLayer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the dialog of an answer that nobody waits for. A trunk that asks for credentials first gets
 * them (RFC 3261 section 22.2): it would charge for the call otherwise until it finds out by itself
 * that nobody talks.
 */
record UnwantedBye(
    TransactionLayer transactions,
    Dialog dialog,
    @Nullable TrunkCredentials credentials,
    ChallengeAnswers challenges)
    implements ResponseListener {

  static void send(
      TransactionLayer transactions,
      Dialog dialog,
      SipRequest bye,
      @Nullable TrunkCredentials credentials) {
    var listener = new UnwantedBye(transactions, dialog, credentials, new ChallengeAnswers());
    transactions.send(bye, dialog.flow(), listener);
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    SipRequest bye = transaction.request();
    MessageBuilder<SipRequest> again =
        credentials == null || !response.isChallenge()
            ? null
            : challenges.answer(credentials, response, bye);
    if (again != null) {
      transactions.send(dialog.again(again, bye.method()), transaction.flow(), this);
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    // The dialog is over either way (RFC 3261 section 15.1.1).
  }
}
