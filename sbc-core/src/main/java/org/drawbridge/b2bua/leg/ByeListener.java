package org.drawbridge.b2bua.leg;

import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * Waits for the end of a BYE, whatever it is: the dialog is over either way (RFC 3261 section
 * 15.1.1).
 */
record ByeListener(Runnable done) implements ResponseListener {

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (response.isFinal()) {
      done.run();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    done.run();
  }
}
