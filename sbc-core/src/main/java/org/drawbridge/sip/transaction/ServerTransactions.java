package org.drawbridge.sip.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.loop.Loop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/** The server transactions of one loop: finds them and carries out what their machines ask for. */
final class ServerTransactions {

  private static final Logger LOG = LogManager.getLogger(ServerTransactions.class);

  /** Between this and twice as much, so that those turned away do not come back all at once. */
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Loop loop;
  private final TransactionUser user;
  private final TransactionSettings settings;
  private final Map<TransactionKey, Entry> table = new HashMap<>();
  private final Map<String, Entry> outOfDialog = new HashMap<>();
  private final FlowIndex<Entry> unansweredInvites = new FlowIndex<>();
  private final AnsweredRequests answered;
  private final Predicate<SipRequest> comesBack;

  /**
   * Without transactions.
   *
   * @param comesBack whether a request is one we sent on ourselves
   */
  ServerTransactions(
      Loop loop,
      TransactionUser user,
      TransactionSettings settings,
      Predicate<SipRequest> comesBack) {
    this.comesBack = comesBack;
    this.loop = loop;
    this.user = user;
    this.settings = settings;
    this.answered = new AnsweredRequests(loop, settings.timeout());
  }

  int size() {
    return table.size() + answered.size();
  }

  /** Whether a transaction of this key is there; it then takes the request as a repeat. */
  boolean repeated(TransactionKey key, Flow flow) {
    Entry entry = table.get(key);
    if (entry == null) {
      return answered.repeated(key, flow);
    }
    entry.move(ServerInput.Signal.REPEATED, null);
    return true;
  }

  /** Starts a transaction for a new request that is neither ACK nor CANCEL. */
  void onNewRequest(TransactionKey key, SipRequest request, Flow flow) {
    String mergeKey = mergeKey(request);
    SipRequest stamped = ViaStamp.received(request, flow);
    if (mergeKey != null && isMerged(mergeKey)) {
      if (comesBack.test(request)) {
        // In a circle or a spiral, which a proxy tells apart (RFC 3261 16.3 item 4).
        begin(key, null, stamped, flow);
        return;
      }
      flow.send(reply(stamped, 482, "Merged Request").build().wire());
      return;
    }
    begin(key, mergeKey, stamped, flow);
  }

  private void begin(TransactionKey key, @Nullable String mergeKey, SipRequest stamped, Flow flow) {
    Entry entry = new Entry(key, mergeKey, stamped.method(), flow);
    Received received = new Received(stamped, flow, entry);
    entry.received = received;
    table.put(entry.key, entry);
    if (mergeKey != null) {
      outOfDialog.put(mergeKey, entry);
    }
    if (stamped.method() == Method.INVITE) {
      unansweredInvites.add(flow, entry);
    }
    entry.move(ServerInput.Signal.START, null);
  }

  private boolean isMerged(String mergeKey) {
    return outOfDialog.containsKey(mergeKey) || answered.merged(mergeKey);
  }

  /** Turns a new request away without keeping anything about it. */
  void refuse(SipRequest request, Flow flow, String reason) {
    int spread = Math.floorMod(request.callId().hashCode(), RETRY_AFTER_SECONDS + 1);
    SipResponse busy =
        reply(ViaStamp.received(request, flow), 503, reason)
            .header(HeaderName.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS + spread))
            .build();
    flow.send(busy.wire());
  }

  void onAck(SipRequest ack, Flow flow) {
    Entry entry = table.get(TransactionKey.ofServer(ack));
    SipRequest stamped = ViaStamp.received(ack, flow);
    if (entry == null) {
      user.onAck(stamped, flow);
    } else {
      entry.move(ServerInput.Signal.ACK, stamped);
    }
  }

  /**
   * Answers a CANCEL (RFC 3261 9.2). No transaction is kept for it: the INVITE's answers the
   * CANCEL's repeats the same way.
   */
  void onCancel(SipRequest cancel, Flow flow) {
    Entry invite = table.get(TransactionKey.ofCancelled(cancel));
    SipRequest stamped = ViaStamp.received(cancel, flow);
    if (invite == null) {
      flow.send(reply(stamped, 481, "No INVITE To Cancel").build().wire());
      return;
    }
    flow.send(SipResponse.to(stamped, 200, "OK", invite.tag()).build().wire());
    invite.cancelled(stamped);
  }

  void onFlowClosed(Flow flow) {
    for (Entry entry : unansweredInvites.removeAll(flow)) {
      entry.move(ServerInput.Signal.FLOW_CLOSED, null);
    }
  }

  private MessageBuilder<SipResponse> reply(SipRequest request, int status, String reason) {
    return SipResponse.repeatable(request, status, reason);
  }

  /**
   * What the copies of one request that reach us over several paths have in common (RFC 3261
   * 8.2.2.2); null within a dialog. Those that a proxy has forked to several of the phones behind
   * us are no copies: each is for another.
   */
  private static @Nullable String mergeKey(SipRequest request) {
    String fromTag = request.fromTag();
    return fromTag == null || request.toTag() != null
        ? null
        : fromTag + '\n' + request.callId() + '\n' + request.cseq() + '\n' + request.requestUri();
  }

  /** What the user holds. */
  private record Received(SipRequest request, Flow flow, Entry entry) implements ServerTransaction {

    @Override
    public void respond(SipResponse response) {
      entry.respond(response);
    }

    @Override
    public void forward(int status, @Nullable String toTag, byte[] response) {
      entry.forward(status, toTag, response);
    }

    @Override
    public void respondStateless(SipResponse response) {
      entry.respondStateless(response);
    }

    @Override
    public void refuseOnce(boolean once) {
      entry.refusesOnce = once;
    }

    @Override
    public ResponsePath responses() {
      return entry;
    }

    @Override
    public boolean isAnswered() {
      return entry.machine.isAnswered();
    }

    @Override
    public ServerTransaction withoutBody() {
      return new Received(request.withoutBody(), flow, entry);
    }
  }

  /** What the table holds; of an INVITE that was answered, no more than keys and the response. */
  private final class Entry implements ResponsePath, TxTimers.Owner {

    private final TransactionKey key;
    private final @Nullable String mergeKey;
    private final Flow flow;
    private final boolean isInvite;
    private final ServerMachine machine;
    private final TxTimers timers;
    private @Nullable Received received;
    private byte @Nullable [] lastResponse;
    private @Nullable String tag;
    private boolean cancelled;
    private boolean refusesOnce;
    private boolean stateless;

    Entry(TransactionKey key, @Nullable String mergeKey, Method method, Flow flow) {
      boolean reliable = flow.transport().isReliable();
      this.key = key;
      this.mergeKey = mergeKey;
      this.flow = flow;
      isInvite = method == Method.INVITE;
      machine =
          isInvite
              ? new InviteServerTransaction(settings, reliable)
              : new NonInviteServerTransaction(settings, reliable);
      timers = new TxTimers(loop, this);
    }

    /** Our tag in the INVITE's responses, made up if the user has shown none yet. */
    String tag() {
      String known = tag;
      if (known == null) {
        known = Tokens.tag();
        tag = known;
      }
      return known;
    }

    void cancelled(SipRequest cancel) {
      Received invite = received;
      if (invite != null && !cancelled) {
        cancelled = true;
        user.onCancel(invite, cancel);
      }
    }

    @Override
    public void onTimer(TxTimer timer) {
      move(new ServerInput.Fired(timer), null);
    }

    @Override
    public void forward(int status, @Nullable String toTag, byte[] response) {
      if (isInvite && status >= 200 && status < 300 && !machine.takes(status)) {
        flow.send(response);
      } else {
        answer(status, toTag, response);
      }
    }

    private void answer(int status, @Nullable String toTag, byte[] response) {
      if (!machine.takes(status)) {
        LOG.info("{}: {} comes too late to be sent", key, status);
        return;
      }
      if (status < 200 && !isInvite) {
        return; // the machine sends its own 100 (RFC 4320), and repeats that
      }
      if (toTag != null) {
        tag = toTag;
      }
      lastResponse = response;
      move(new ServerInput.Answer(status), null);
    }

    void respond(SipResponse response) {
      if (refusesOnce && response.status() >= 300 && lastResponse == null) {
        respondStateless(response);
      } else {
        respondStateful(response);
      }
    }

    private void respondStateful(SipResponse response) {
      // Only what can be cancelled needs to know the tag, which takes reading.
      answer(response.status(), isInvite ? response.toTag() : null, response.wire());
    }

    void respondStateless(SipResponse response) {
      boolean isTaken = machine.takes(response.status());
      stateless |= isTaken;
      respondStateful(response);
      if (isTaken && machine.isAnswered()) {
        terminate();
      }
    }

    /** Makes a move; an ACK at hand is given along, if that is the input. */
    void move(ServerInput input, @Nullable SipRequest ack) {
      Received owner = received;
      for (TxAction action : machine.on(input)) {
        switch (action) {
          case TxAction.Send what -> send(what);
          case TxAction.StartTimer start when start.timer() == TxTimer.J -> complete();
          case TxAction.StartTimer start -> timers.start(start);
          case TxAction.StopTimer stop -> timers.stop(stop.timer());
          case TxAction.Terminate _ -> terminate();
          case TxAction.PassUp what -> passUp(what, owner, ack);
        }
      }
      if (machine.isAnswered() && received != null) {
        received = null;
        unansweredInvites.remove(flow, this);
      }
      if (!machine.repeatsResponse()) {
        lastResponse = null;
      }
    }

    private void send(TxAction.Send what) {
      byte[] bytes =
          switch (what) {
            case RESPONSE -> present(lastResponse);
            case TRYING -> SipResponse.to(present(received).request, 100, "Trying").build().wire();
            case REQUEST, ACK, CANCEL ->
                throw new IllegalStateException("A server sends no " + what);
          };
      lastResponse = bytes;
      flow.send(bytes);
    }

    private void passUp(TxAction.PassUp what, @Nullable Received owner, @Nullable SipRequest ack) {
      switch (what) {
        case REQUEST -> handOver(present(owner));
        case ACK -> user.onAck(present(ack), flow);
        case LOST -> user.onLost(present(owner));
        case RESPONSE, STRAY_RESPONSE, TIMEOUT, FLOW_CLOSED ->
            throw new IllegalStateException("A server passes no " + what + " up");
      }
    }

    /** A user that fails on a request has not taken it: nobody would ever answer. */
    private void handOver(Received request) {
      try {
        user.onRequest(request);
      } catch (RuntimeException e) {
        if (!machine.isAnswered()) {
          request.respond(reply(request.request, 500, "Server Internal Error").build());
        }
        throw e;
      }
      if (!machine.isAnswered()) {
        move(ServerInput.Signal.TAKEN, null);
      }
    }

    /** Only repeats can come now, and there timer J runs. */
    private void complete() {
      if (!stateless) {
        answered.add(key, mergeKey, machine.repeatsResponse() ? lastResponse : null);
      }
      lastResponse = null;
      terminate();
    }

    private void terminate() {
      timers.stopAll();
      table.remove(key);
      unansweredInvites.remove(flow, this);
      if (mergeKey != null) {
        outOfDialog.remove(mergeKey);
      }
    }
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The machine refers to what is not there");
    }
    return value;
  }
}
