package org.drawbridge.sip.transaction;

import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/** A transaction user that only remembers: events in words, and the last transaction to act on. */
final class RecordingUser implements TransactionUser, ResponseListener {

  final List<String> events = new ArrayList<>();
  final List<ServerTransaction> requests = new ArrayList<>();

  ServerTransaction last() {
    return requests.getLast();
  }

  @Override
  public void onRequest(ServerTransaction transaction) {
    requests.add(transaction);
    events.add(transaction.request().methodToken());
  }

  @Override
  public void onCancel(ServerTransaction invite, SipRequest cancel) {
    events.add("CANCEL");
  }

  @Override
  public void onAck(SipRequest ack, Flow flow) {
    events.add("ACK");
  }

  @Override
  public void onStrayResponse(SipResponse response, Flow flow) {
    events.add("stray " + response.status());
  }

  @Override
  public void onLost(ServerTransaction invite) {
    events.add("lost");
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    events.add("response " + response.status());
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    events.add("failure " + failure);
  }
}
