package org.drawbridge.sip.transaction;

import java.util.List;
import org.drawbridge.sip.transaction.TxAction.PassUp;
import org.drawbridge.sip.transaction.TxAction.Send;
import org.drawbridge.sip.transaction.TxAction.StartTimer;
import org.drawbridge.sip.transaction.TxAction.StopTimer;
import org.drawbridge.sip.transaction.TxAction.Terminate;

/**
 * The non-INVITE client transaction (RFC 3261 17.1.2). Pure.
 *
 * <pre>{@code
 *                     |Request from TU
 *                     |send request
 * Timer E             V
 * send request  +-----------+
 *     +---------|           |-------------------+
 *     |         |  Trying   |  Timer F          |
 *     +-------->|           |  or flow closed   |
 *               +-----------+  inform TU        |
 *  200-699         |  |                         |
 *  resp. to TU     |  |1xx                      |
 *  +---------------+  |resp. to TU              |
 *  |                  V                         |
 *  |   Timer E  +-----------+  Timer F          |
 *  |   send req |           |  or flow closed   |
 *  |  +---------|           |  inform TU        |
 *  |  |         |Proceeding |------------------>|
 *  |  +-------->|           |-----+             |
 *  |            +-----------+     |1xx          |
 *  |              |      ^        |resp. to TU  |
 *  | 200-699      |      +--------+             |
 *  | resp. to TU  |                             |
 *  V              V                             |
 *  +-----------+  Timer K    +------------+     |
 *  | Completed |------------>| Terminated |<---+
 *  +-----------+             +------------+
 * }</pre>
 */
final class NonInviteClientTransaction implements ClientMachine {

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
  private long timerE;

  NonInviteClientTransaction(TransactionSettings settings, boolean reliable) {
    this.settings = settings;
    this.reliable = reliable;
    timerE = settings.t1();
  }

  State state() {
    return state;
  }

  @Override
  public boolean isOver() {
    return state == State.COMPLETED || state == State.TERMINATED;
  }

  @Override
  public List<TxAction> on(ClientInput input) {
    return switch (input) {
      case ClientInput.Signal.START -> start();
      case ClientInput.Signal.CANCEL -> throw illegal("cancel");
      case ClientInput.Signal.LINGER -> throw illegal("linger");
      case ClientInput.Signal.FLOW_CLOSED -> flowClosed();
      case ClientInput.Received(int status) when status < 200 -> provisional();
      case ClientInput.Received _ -> finalResponse();
      case ClientInput.Fired(TxTimer timer) -> fired(timer);
    };
  }

  private List<TxAction> start() {
    if (state != State.INITIAL) {
      throw illegal("start");
    }
    state = State.TRYING;
    StartTimer timeout = new StartTimer(TxTimer.F, settings.timeout());
    return reliable
        ? List.of(Send.REQUEST, timeout)
        : List.of(Send.REQUEST, new StartTimer(TxTimer.E, timerE), timeout);
  }

  private List<TxAction> flowClosed() {
    State before = state;
    state = State.TERMINATED;
    return switch (before) {
      case INITIAL -> throw illegal("flow closed");
      case TRYING, PROCEEDING -> List.of(Terminate.TERMINATE, PassUp.FLOW_CLOSED);
      case COMPLETED -> List.of(Terminate.TERMINATE);
      case TERMINATED -> List.of();
    };
  }

  private List<TxAction> provisional() {
    return switch (state) {
      case TRYING, PROCEEDING -> {
        state = State.PROCEEDING;
        yield List.of(PassUp.RESPONSE);
      }
      case COMPLETED -> List.of();
      case INITIAL, TERMINATED -> throw illegal("1xx");
    };
  }

  private List<TxAction> finalResponse() {
    return switch (state) {
      case TRYING, PROCEEDING -> completed();
      case COMPLETED -> List.of();
      case INITIAL, TERMINATED -> throw illegal("200-699");
    };
  }

  private List<TxAction> completed() {
    if (reliable) {
      state = State.TERMINATED;
      return List.of(Terminate.TERMINATE, PassUp.RESPONSE);
    }
    state = State.COMPLETED;
    return List.of(
        new StopTimer(TxTimer.E), new StartTimer(TxTimer.K, settings.t4()), PassUp.RESPONSE);
  }

  private List<TxAction> fired(TxTimer timer) {
    boolean waiting = state == State.TRYING || state == State.PROCEEDING;
    if (timer == TxTimer.E && waiting) {
      // Once a 1xx is there the peer has the request: only T2 is worth the traffic (RFC 3261
      // 17.1.2.2).
      timerE = state == State.TRYING ? settings.backOff(timerE) : settings.t2();
      return List.of(Send.REQUEST, new StartTimer(TxTimer.E, timerE));
    }
    if (timer == TxTimer.F && waiting) {
      state = State.TERMINATED;
      return List.of(Terminate.TERMINATE, PassUp.TIMEOUT);
    }
    if (timer == TxTimer.K && state == State.COMPLETED) {
      state = State.TERMINATED;
      return List.of(Terminate.TERMINATE);
    }
    throw illegal("timer " + timer);
  }

  private IllegalStateException illegal(String input) {
    return new IllegalStateException("Non-INVITE client transaction: " + input + " in " + state);
  }
}
