package org.drawbridge.sip.transaction;

import java.util.concurrent.atomic.LongAdder;
import org.drawbridge.loop.Loop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipMessage;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;

/**
 * The transactions of one signalling loop (RFC 3261 section 17). Confined to that loop, but for
 * {@link #refused}.
 *
 * <p>Messages come in by {@link #onMessage}; what the machines make of them goes to the flows and
 * to the {@link TransactionUser}. The table is bounded: at its capacity new requests are turned
 * away with 503, and so is what is not within a dialog while the loop is overloaded. Its last tenth
 * is kept for requests within dialogs, since a BYE makes room and a new call does not.
 */
public final class TransactionLayer {

  private final TransactionSettings settings;
  private final ClientTransactions clients;
  private final ServerTransactions servers;
  private final Loop loop;
  private final LongAdder refused = new LongAdder();
  private final LongAdder shed = new LongAdder();

  /**
   * An empty layer.
   *
   * @param loop where everything runs, and whose timers are used
   * @param user who answers requests
   */
  public TransactionLayer(Loop loop, TransactionUser user, TransactionSettings settings) {
    this.settings = settings;
    this.loop = loop;
    clients = new ClientTransactions(loop, user, settings);
    servers = new ServerTransactions(loop, user, settings, clients::comesBack);
  }

  /**
   * Takes a message that came over a flow. Requests on a stream that has closed meanwhile are
   * dropped.
   */
  public void onMessage(Flow flow, SipMessage message) {
    switch (message) {
      case SipResponse response -> clients.onResponse(response, flow);
      case SipRequest request -> {
        if (flow.isOpen()) {
          onRequest(request, flow);
        }
      }
    }
  }

  /** Takes the news that a stream is gone: what waits on it ends. To be called on each loop. */
  public void onFlowClosed(Flow flow) {
    clients.onFlowClosed(flow);
    servers.onFlowClosed(flow);
  }

  /**
   * Pushes a Via with a fresh branch and sends the request statefully. Never fails here: the
   * listener hears of a closed flow or a full table in a later turn of the loop.
   *
   * @param request any request but ACK and CANCEL, Route and Request-URI set for the next hop
   */
  public ClientTransaction send(SipRequest request, Flow flow, ResponseListener listener) {
    if (request.method() == Method.ACK || request.method() == Method.CANCEL) {
      throw new IllegalArgumentException("Not sent by itself: " + request.methodToken());
    }
    boolean inDialog = request.toTag() != null;
    return send(OutgoingRequest.of(ViaStamp.push(request, flow)), inDialog, flow, listener);
  }

  /**
   * Sends a request that is passed on, its Via of ours already on top (RFC 3261 16.6 item 10). Else
   * as {@link #send(SipRequest, Flow, ResponseListener)}.
   *
   * @param inDialog whether it has a To tag
   */
  public ClientTransaction send(
      OutgoingRequest request, boolean inDialog, Flow flow, ResponseListener listener) {
    if (!flow.isOpen()) {
      return clients.refuse(request, flow, listener, TransactionFailure.FLOW_CLOSED);
    }
    if (!hasRoomFor(inDialog)) {
      refused.increment();
      return clients.refuse(request, flow, listener, TransactionFailure.OVERLOADED);
    }
    return clients.send(request, flow, listener);
  }

  /**
   * Pushes a Via with a fresh branch and sends the ACK of a 2xx, once: it is repeated when the 2xx
   * is.
   *
   * @return its bytes, to be sent again over the flow
   */
  public byte[] sendAck(SipRequest ack, Flow flow) {
    byte[] wire = ViaStamp.push(ack, flow).wire();
    flow.send(wire);
    return wire;
  }

  /**
   * How many transactions there are, client and server, finished ones that still linger included.
   */
  public int size() {
    return clients.size() + servers.size();
  }

  /**
   * How many requests, in either direction, were turned away because the table was full. Any
   * thread.
   */
  public long refused() {
    return refused.sum();
  }

  /**
   * How many requests outside dialogs were turned away because the loop could not keep up. Any
   * thread.
   */
  public long shed() {
    return shed.sum();
  }

  private void onRequest(SipRequest request, Flow flow) {
    if (request.method() == Method.ACK) {
      servers.onAck(request, flow);
    } else if (request.method() == Method.CANCEL) {
      servers.onCancel(request, flow);
    } else {
      onRequest(TransactionKey.ofServer(request), request, flow);
    }
  }

  private void onRequest(TransactionKey key, SipRequest request, Flow flow) {
    if (servers.repeated(key, flow)) {
      return;
    }
    boolean inDialog = request.toTag() != null;
    if (!inDialog && loop.isOverloaded()) {
      shed.increment();
      servers.refuse(request, flow, "Overloaded");
    } else if (hasRoomFor(inDialog)) {
      servers.onNewRequest(key, request, flow);
    } else {
      refused.increment();
      servers.refuse(request, flow, "Too Many Transactions");
    }
  }

  private boolean hasRoomFor(boolean inDialog) {
    int reserved = inDialog ? 0 : settings.capacity() / 10;
    return size() < settings.capacity() - reserved;
  }
}
