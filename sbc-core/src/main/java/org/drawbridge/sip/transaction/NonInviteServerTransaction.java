package org.drawbridge.sip.transaction;

import java.util.List;
import org.drawbridge.sip.transaction.TxAction.PassUp;
import org.drawbridge.sip.transaction.TxAction.Send;
import org.drawbridge.sip.transaction.TxAction.StartTimer;
import org.drawbridge.sip.transaction.TxAction.StopTimer;
import org.drawbridge.sip.transaction.TxAction.Terminate;

/**
 * The non-INVITE server transaction (RFC 3261 17.2.2 as changed by RFC 4320). Pure.
 *
 * <pre>{@code
 *                       |Request
 *                       |pass to TU
 *                       V
 *                 +-----------+  64*T1 without an answer:
 *                 |  Trying   |  the client has given up
 *                 +-----------+-----------------------+
 * 200-699 from TU   |   |TU silent until the client's |
 * send response     |   |timer E reaches T2: send 100 |
 *   +---------------+   V                             |
 *   |             +-----------+                       |
 *   |             |Proceeding | Request: send 100     |
 *   |             +-----------+---------------------->|
 *   |               |200-699 from TU                  |
 *   |<--------------+send response                    |
 *   V                                                 |
 * +-----------+                                       |
 * | Completed | Request: send response                |
 * +-----------+                                       |
 *   |Timer J fires           +------------+           |
 *   +----------------------->| Terminated |<--------+
 *                            +------------+
 * }</pre>
 *
 * <p>RFC 4320 takes away what only does harm: provisionals other than 100, a 100 that comes early,
 * any 408, and finals after the client has given up. The user may ask for them; they are not sent.
 */
final class NonInviteServerTransaction implements ServerMachine {

  enum State {
    INITIAL,
    TRYING,
    PROCEEDING,
    COMPLETED,
    TERMINATED
  }

  private final TransactionSettings settings;
  private final boolean reliable;
  private State state = State.INITIAL;
  private boolean silent;

  NonInviteServerTransaction(TransactionSettings settings, boolean reliable) {
    this.settings = settings;
    this.reliable = reliable;
  }

  State state() {
    return state;
  }

  @Override
  public boolean takes(int status) {
    return state == State.TRYING || state == State.PROCEEDING;
  }

  @Override
  public boolean isAnswered() {
    return state == State.COMPLETED || state == State.TERMINATED;
  }

  @Override
  public boolean repeatsResponse() {
    return !silent && (state == State.PROCEEDING || state == State.COMPLETED);
  }

  @Override
  public List<TxAction> on(ServerInput input) {
    return switch (input) {
      case ServerInput.Signal.START -> start();
      case ServerInput.Signal.TAKEN -> taken();
      case ServerInput.Signal.REPEATED -> repeated();
      case ServerInput.Signal.ACK -> throw illegal("ACK");
      // Nothing to tell anyone: it ends by its timers.
      case ServerInput.Signal.FLOW_CLOSED -> List.of();
      case ServerInput.Answer(int status) -> answer(status);
      case ServerInput.Fired(TxTimer timer) -> fired(timer);
    };
  }

  private List<TxAction> start() {
    if (state != State.INITIAL) {
      throw illegal("start");
    }
    state = State.TRYING;
    return List.of(PassUp.REQUEST);
  }

  private List<TxAction> taken() {
    if (state != State.TRYING) {
      throw illegal("taken");
    }
    return List.of(
        new StartTimer(TxTimer.TRYING, settings.timerEReachesT2()),
        new StartTimer(TxTimer.EXPIRED, settings.timeout()));
  }

  private List<TxAction> repeated() {
    return switch (state) {
      case TRYING -> List.of();
      case PROCEEDING -> List.of(Send.RESPONSE);
      case COMPLETED -> silent ? List.of() : List.of(Send.RESPONSE);
      case INITIAL, TERMINATED -> throw illegal("request");
    };
  }

  private List<TxAction> answer(int status) {
    if (!takes(status)) {
      throw illegal("answer " + status);
    }
    if (status < 200) {
      return List.of();
    }
    silent = status == 408;
    if (reliable) {
      state = State.TERMINATED;
      return silent ? List.of(Terminate.TERMINATE) : List.of(Send.RESPONSE, Terminate.TERMINATE);
    }
    state = State.COMPLETED;
    StopTimer stopTrying = new StopTimer(TxTimer.TRYING);
    StartTimer timerJ = new StartTimer(TxTimer.J, settings.timeout());
    return silent ? List.of(stopTrying, timerJ) : List.of(stopTrying, Send.RESPONSE, timerJ);
  }

  private List<TxAction> fired(TxTimer timer) {
    boolean waiting = state == State.TRYING || state == State.PROCEEDING;
    if (timer == TxTimer.TRYING && state == State.TRYING) {
      state = State.PROCEEDING;
      return List.of(Send.TRYING);
    }
    boolean clientGaveUp = timer == TxTimer.EXPIRED && waiting;
    boolean lingered = timer == TxTimer.J && state == State.COMPLETED;
    if (!clientGaveUp && !lingered) {
      throw illegal("timer " + timer);
    }
    state = State.TERMINATED;
    return List.of(Terminate.TERMINATE);
  }

  private IllegalStateException illegal(String input) {
    return new IllegalStateException("Non-INVITE server transaction: " + input + " in " + state);
  }
}
