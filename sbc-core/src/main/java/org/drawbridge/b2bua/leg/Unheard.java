package org.drawbridge.b2bua.leg;

import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.TransactionFailure;

/**
 * Nothing follows from what comes of a request: a PRACK, since the INVITE's own response tells what
 * matters, or a NOTIFY that is passed on, since its sender has had an answer of ours.
 */
public record Unheard() implements ResponseListener {

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    // A refused PRACK leaves its peer to give up by itself.
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    // As above.
  }
}
