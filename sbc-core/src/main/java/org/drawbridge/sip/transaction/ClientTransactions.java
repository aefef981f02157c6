package org.drawbridge.sip.transaction;

import java.util.HashMap;
import java.util.Map;
import org.drawbridge.loop.Loop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The client transactions of one loop: finds them and carries out what their machines ask for. */
final class ClientTransactions {

  /** A CANCEL concerns only the INVITE, which has a listener of its own. */
  private static final ResponseListener NOBODY =
      new ResponseListener() {
        @Override
        public void onResponse(ClientTransaction transaction, SipResponse response) {}

        @Override
        public void onFailure(ClientTransaction transaction, TransactionFailure failure) {}
      };

  private final Loop loop;
  private final TransactionUser user;
  private final TransactionSettings settings;
  private final Map<TransactionKey, Entry> table = new HashMap<>();
  private final FlowIndex<Entry> byFlow = new FlowIndex<>();

  ClientTransactions(Loop loop, TransactionUser user, TransactionSettings settings) {
    this.loop = loop;
    this.user = user;
    this.settings = settings;
  }

  int size() {
    return table.size();
  }

  /** Whether a request has come by one of these: below its top Via there is one of ours. */
  boolean comesBack(SipRequest request) {
    return request.vias().stream()
        .skip(1)
        .anyMatch(
            via -> table.containsKey(TransactionKey.ofClient(via.branch(), request.methodToken())));
  }

  /** Sends a request that has our Via on top. */
  ClientTransaction send(OutgoingRequest request, Flow flow, ResponseListener listener) {
    Entry entry = new Entry(request, flow);
    Sent sent = new Sent(request, flow, listener, entry);
    entry.sent = sent;
    table.put(entry.key, entry);
    byFlow.add(flow, entry);
    entry.move(ClientInput.Signal.START, null);
    return sent;
  }

  /** A transaction that never was: its listener hears so in a later turn of the loop. */
  ClientTransaction refuse(
      OutgoingRequest request, Flow flow, ResponseListener listener, TransactionFailure why) {
    Sent never = new Sent(request, flow, listener, null);
    // A timer, not a task: the loop's queue may be full.
    loop.schedule(0, () -> listener.onFailure(never, why));
    return never;
  }

  void onResponse(SipResponse response, Flow flow) {
    Entry entry = table.get(TransactionKey.ofClient(response));
    if (entry == null) {
      user.onStrayResponse(response, flow);
    } else {
      entry.heard(flow);
      entry.move(new ClientInput.Received(response.status()), response);
    }
  }

  void onFlowClosed(Flow flow) {
    for (Entry entry : byFlow.removeAll(flow)) {
      entry.move(ClientInput.Signal.FLOW_CLOSED, null);
    }
  }

  /** What the user holds. */
  private static final class Sent implements ClientTransaction {

    private final Flow flow;
    private @Nullable OutgoingRequest request;
    private ResponseListener listener;
    private final @Nullable Entry entry;
    private @Nullable String cancelReason;
    private Flow heardOver;

    Sent(OutgoingRequest request, Flow flow, ResponseListener listener, @Nullable Entry entry) {
      this.request = request;
      this.flow = flow;
      this.heardOver = flow;
      this.listener = listener;
      this.entry = entry;
    }

    @Override
    public SipRequest request() {
      return outgoing().message();
    }

    OutgoingRequest outgoing() {
      OutgoingRequest sent = request;
      if (sent == null) {
        throw new IllegalStateException("The request was let go of");
      }
      return sent;
    }

    @Override
    public void handOver(ResponseListener next) {
      listener = next;
    }

    @Override
    public void settle(ResponseListener further) {
      request = null;
      listener = further;
    }

    @Override
    public void expectLateAnswer(ResponseListener late) {
      if (entry != null && entry.ack != null) {
        request = OutgoingRequest.ofFailed(entry.key, entry.ack);
        listener = late;
        entry.sent = this;
        entry.move(ClientInput.Signal.LINGER, null);
      }
    }

    @Override
    public Flow flow() {
      return flow;
    }

    @Override
    public Flow heardOver() {
      return heardOver;
    }

    @Override
    public void follow(Flow moved) {
      if (entry != null) {
        entry.follow(moved);
      }
    }

    @Override
    public void cancel(@Nullable String reason) {
      if (entry != null && request != null && request.method() == Method.INVITE) {
        cancelReason = cancelReason == null ? reason : cancelReason;
        entry.move(ClientInput.Signal.CANCEL, null);
      }
    }
  }

  /**
   * What the table holds: once the transaction is over, no more than the key and an ACK to repeat.
   */
  private final class Entry implements TxTimers.Owner {

    private final TransactionKey key;
    private final Flow flow;
    private Flow present;
    private final ClientMachine machine;
    private final TxTimers timers;
    private @Nullable Sent sent;
    private byte @Nullable [] ack;

    Entry(OutgoingRequest request, Flow flow) {
      boolean reliable = flow.transport().isReliable();
      this.key = request.key();
      this.flow = flow;
      this.present = flow;
      machine =
          request.method() == Method.INVITE
              ? new InviteClientTransaction(settings, reliable)
              : new NonInviteClientTransaction(settings, reliable);
      timers = new TxTimers(loop, this);
    }

    void heard(Flow over) {
      Sent owner = sent;
      if (owner != null) {
        owner.heardOver = over;
      }
    }

    /** The old flow may be found closed any time now, which says nothing of the peer. */
    void follow(Flow moved) {
      if (!machine.isOver()) {
        byFlow.remove(present, this);
        present = moved;
        byFlow.add(present, this);
      }
    }

    @Override
    public void onTimer(TxTimer timer) {
      move(new ClientInput.Fired(timer), null);
    }

    /** Makes a move; the response is the one at hand, if that is the input. */
    void move(ClientInput input, @Nullable SipResponse response) {
      Move move = new Move(sent, response);
      for (TxAction action : machine.on(input)) {
        switch (action) {
          case TxAction.Send what -> send(what, move);
          case TxAction.StartTimer start -> timers.start(start);
          case TxAction.StopTimer stop -> timers.stop(stop.timer());
          case TxAction.Terminate _ -> terminate();
          case TxAction.PassUp what -> passUp(what, move);
        }
      }
    }

    private void send(TxAction.Send what, Move move) {
      switch (what) {
        case REQUEST -> flow.send(move.owner().outgoing().wire());
        case ACK -> present.send(ack(move));
        case CANCEL -> {
          Sent owner = move.owner();
          SipRequest cancel = HopRequests.cancel(owner.request(), owner.cancelReason);
          ClientTransactions.this.send(OutgoingRequest.of(cancel), present, NOBODY);
        }
        case RESPONSE, TRYING -> throw new IllegalStateException("A client sends no " + what);
      }
    }

    /** The same bytes each time: the ACK belongs to the first failure that came. */
    private byte[] ack(Move move) {
      byte[] bytes = ack;
      if (bytes == null) {
        bytes = HopRequests.ack(move.owner().request(), move.message()).wire();
        ack = bytes;
      }
      return bytes;
    }

    private void passUp(TxAction.PassUp what, Move move) {
      if (machine.isOver() && what != TxAction.PassUp.STRAY_RESPONSE) {
        sent = null;
      }
      switch (what) {
        case RESPONSE -> {
          Sent owner = move.owner();
          owner.listener.onResponse(owner, move.message());
        }
        case STRAY_RESPONSE -> stray(move);
        case TIMEOUT -> fail(move.owner(), TransactionFailure.TIMEOUT);
        case FLOW_CLOSED -> fail(move.owner(), TransactionFailure.FLOW_CLOSED);
        case REQUEST, ACK, LOST ->
            throw new IllegalStateException("A client passes no " + what + " up");
      }
    }

    /** An answer after a failure: only who expects it keeps what it takes to end it. */
    private void stray(Move move) {
      Sent owner = move.sent();
      if (owner == null) {
        user.onStrayResponse(move.message(), flow);
      } else {
        owner.listener.onResponse(owner, move.message());
      }
    }

    private void fail(Sent owner, TransactionFailure why) {
      owner.listener.onFailure(owner, why);
    }

    private void terminate() {
      timers.stopAll();
      table.remove(key);
      byFlow.remove(present, this);
    }
  }

  /** What the actions of one move refer to. */
  private record Move(@Nullable Sent sent, @Nullable SipResponse response) {

    Sent owner() {
      return present(sent);
    }

    SipResponse message() {
      return present(response);
    }

    private static <T> T present(@Nullable T value) {
      if (value == null) {
        throw new IllegalStateException("The machine refers to what is not there");
      }
      return value;
    }
  }
}
