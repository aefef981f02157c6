package org.drawbridge.sip.transaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * The side of a simulation that sends requests, cancels some, and writes down what becomes of them.
 */
final class SimCaller implements SimNet.Peer, ResponseListener {

  /** Longer than this no phone rings; what RFC 3261 leaves to the user of an INVITE transaction. */
  private static final long PATIENCE = 120_000;

  final TransactionLayer layer;

  /** Final outcomes by Call-ID: a status, or the name of a failure. */
  final Map<String, List<String>> outcomes = new LinkedHashMap<>();

  private final SimLoop loop;
  private final Random random;

  SimCaller(SimLoop loop, Random random) {
    this.loop = loop;
    this.random = random;
    layer = new TransactionLayer(loop, new RecordingUser(), TransactionSettings.DEFAULTS);
  }

  void send(Method method, String callId, Flow flow) {
    outcomes.put(callId, new ArrayList<>());
    ClientTransaction sent = layer.send(Messages.outgoing(method, callId).build(), flow, this);
    boolean changesItsMind = random.nextInt(3) == 0;
    loop.schedule(changesItsMind ? random.nextLong(6_000) : PATIENCE, () -> giveUp(sent));
  }

  private void giveUp(ClientTransaction transaction) {
    if (outcomesOf(transaction).isEmpty()) {
      transaction.cancel(null);
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!response.isFinal()) {
      return;
    }
    List<String> known = outcomesOf(transaction);
    String status = Integer.toString(response.status());
    boolean accepted = transaction.request().method() == Method.INVITE && response.isSuccess();
    if (accepted) {
      layer.sendAck(ackOf(response), transaction.flow());
    }
    boolean repeated2xx = accepted && known.equals(List.of(status));
    if (!repeated2xx) {
      known.add(status);
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    outcomesOf(transaction).add(failure.name());
  }

  @Override
  public void onMessage(Flow flow, SipMessage message) {
    layer.onMessage(flow, message);
  }

  @Override
  public void onClosed(Flow flow) {
    layer.onFlowClosed(flow);
  }

  private List<String> outcomesOf(ClientTransaction transaction) {
    return outcomes.computeIfAbsent(transaction.request().callId(), id -> new ArrayList<>());
  }

  private static SipRequest ackOf(SipResponse success) {
    return Messages.outgoing(Method.ACK, success.callId())
        .replace(HeaderName.TO, success.to().toString())
        .build();
  }
}
