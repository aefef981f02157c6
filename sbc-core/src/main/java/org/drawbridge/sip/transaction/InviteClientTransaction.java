package org.drawbridge.sip.transaction;

import java.util.List;
import org.drawbridge.sip.transaction.TxAction.PassUp;
import org.drawbridge.sip.transaction.TxAction.Send;
import org.drawbridge.sip.transaction.TxAction.StartTimer;
import org.drawbridge.sip.transaction.TxAction.StopTimer;
import org.drawbridge.sip.transaction.TxAction.Terminate;

/**
 * The INVITE client transaction (RFC 3261 17.1.1 as changed by RFC 6026 8.4). Pure.
 *
 * <pre>{@code
 *                      |INVITE from TU
 *    Timer A fires     |INVITE sent      Timer B fires
 *    Reset A,          V                 or flow closed
 *    INVITE sent +-----------+           inform TU
 *      +---------|           |--------------------------+
 *      |         |  Calling  |                          |
 *      +-------->|           |-----------+              |
 *  300-699       +-----------+ 2xx       |              |
 *  ACK sent,        |  |       2xx to TU |              |
 *  resp. to TU      |  |1xx              |              |
 *    +--------------+  |1xx to TU        |              |
 *    |                 V                 |              |
 *    |  1xx      +-----------+           |              |
 *    |  1xx to TU|           | 64*T1 after CANCEL       |
 *    |  +--------|Proceeding | or flow closed           |
 *    |  +------->|           |------------------------->+
 *    |  300-699  +-----------+           |              |
 *    |  ACK sent,   |  |2xx              |              |
 *    |  resp. to TU |  |2xx to TU        |              |
 *    |<-------------+  +---------------->+              |
 *    V                                   V              |
 * +-----------+                     +-----------+       |
 * | Completed | 300-699: ACK sent   | Accepted  | 2xx to TU
 * +-----------+                     +-----------+       |
 *    |  Timer D fires                    |Timer M fires |
 *    |                                   V              |
 *    |                             +------------+       |
 *    +---------------------------->| Terminated |<------+
 *                                  +------------+
 * }</pre>
 *
 * <p>Proceeding has no limit of its own: how long a phone rings is the user's decision, made by
 * cancelling.
 */
final class InviteClientTransaction implements ClientMachine {

  enum State {
    INITIAL,
    CALLING,
    PROCEEDING,
    COMPLETED,
    ACCEPTED,
    TERMINATED
  }

  private final TransactionSettings settings;
  private final boolean reliable;
  private State state = State.INITIAL;
  private long timerA;
  private boolean cancelWanted;

  InviteClientTransaction(TransactionSettings settings, boolean reliable) {
    this.settings = settings;
    this.reliable = reliable;
    timerA = settings.t1();
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
      case ClientInput.Signal.CANCEL -> cancel();
      case ClientInput.Signal.FLOW_CLOSED -> flowClosed();
      case ClientInput.Signal.LINGER -> linger();
      case ClientInput.Received(int status) when status < 200 -> provisional();
      case ClientInput.Received(int status) when status < 300 -> success();
      case ClientInput.Received _ -> failure();
      case ClientInput.Fired(TxTimer timer) -> fired(timer);
    };
  }

  private List<TxAction> start() {
    if (state != State.INITIAL) {
      throw illegal("start");
    }
    state = State.CALLING;
    StartTimer timeout = new StartTimer(TxTimer.B, settings.timeout());
    return reliable
        ? List.of(Send.REQUEST, timeout)
        : List.of(Send.REQUEST, new StartTimer(TxTimer.A, timerA), timeout);
  }

  /**
   * RFC 3261 9.1: nothing is sent before a provisional response, because the CANCEL could overtake
   * the INVITE.
   */
  private List<TxAction> cancel() {
    boolean first = !cancelWanted;
    cancelWanted = true;
    return switch (state) {
      case INITIAL -> throw illegal("cancel");
      case PROCEEDING -> first ? List.of(Send.CANCEL, afterCancel()) : List.of();
      case CALLING, COMPLETED, ACCEPTED, TERMINATED -> List.of();
    };
  }

  private List<TxAction> flowClosed() {
    State before = state;
    state = State.TERMINATED;
    return switch (before) {
      case INITIAL -> throw illegal("flow closed");
      case CALLING, PROCEEDING -> List.of(Terminate.TERMINATE, PassUp.FLOW_CLOSED);
      case COMPLETED, ACCEPTED -> List.of(Terminate.TERMINATE);
      case TERMINATED -> List.of();
    };
  }

  private List<TxAction> provisional() {
    return switch (state) {
      case CALLING -> firstProvisional();
      case PROCEEDING -> List.of(PassUp.RESPONSE);
      // Overtaken by a final response on the way.
      case COMPLETED, ACCEPTED -> List.of();
      case INITIAL, TERMINATED -> throw illegal("1xx");
    };
  }

  private List<TxAction> firstProvisional() {
    state = State.PROCEEDING;
    StopTimer stopA = new StopTimer(TxTimer.A);
    return cancelWanted
        ? List.of(stopA, Send.CANCEL, afterCancel(), PassUp.RESPONSE)
        : List.of(stopA, new StopTimer(TxTimer.B), PassUp.RESPONSE);
  }

  private StartTimer afterCancel() {
    return new StartTimer(TxTimer.CANCELLED, settings.timeout());
  }

  private List<TxAction> success() {
    return switch (state) {
      case CALLING, PROCEEDING -> {
        state = State.ACCEPTED;
        yield List.of(
            new StopTimer(TxTimer.A),
            new StartTimer(TxTimer.M, settings.timeout()),
            PassUp.RESPONSE);
      }
      // Another branch of a fork, or the same 2xx again: the dialog tells them apart (RFC 6026
      // 7.2).
      case ACCEPTED -> List.of(PassUp.RESPONSE);
      // A fork that answered after another branch had failed the call (RFC 3261 16.7 step 5).
      case COMPLETED -> List.of(PassUp.STRAY_RESPONSE);
      case INITIAL, TERMINATED -> throw illegal("2xx");
    };
  }

  private List<TxAction> failure() {
    return switch (state) {
      case CALLING, PROCEEDING -> completed();
      case COMPLETED -> List.of(Send.ACK);
      case ACCEPTED -> List.of();
      case INITIAL, TERMINATED -> throw illegal("300-699");
    };
  }

  private List<TxAction> completed() {
    state = State.COMPLETED;
    return List.of(
        Send.ACK,
        new StopTimer(TxTimer.A),
        new StartTimer(TxTimer.D, reliable ? 0 : settings.timerD()),
        PassUp.RESPONSE);
  }

  /**
   * A proxy passes on the 2xx of a fork even after it has passed on a failure, on every transport
   * (RFC 3261 16.7 step 5).
   */
  private List<TxAction> linger() {
    return state == State.COMPLETED
        ? List.of(new StartTimer(TxTimer.D, settings.timerD()))
        : List.of();
  }

  private List<TxAction> fired(TxTimer timer) {
    if (timer == TxTimer.A && state == State.CALLING) {
      // Doubled without the limit of T2, unlike timer E (RFC 3261 17.1.1.2).
      timerA *= 2;
      return List.of(Send.REQUEST, new StartTimer(TxTimer.A, timerA));
    }
    boolean inTime =
        switch (state) {
          case CALLING -> timer == TxTimer.B;
          case PROCEEDING -> timer == TxTimer.CANCELLED;
          case COMPLETED -> timer == TxTimer.D;
          case ACCEPTED -> timer == TxTimer.M;
          case INITIAL, TERMINATED -> false;
        };
    if (!inTime) {
      throw illegal("timer " + timer);
    }
    boolean unanswered = state == State.CALLING || state == State.PROCEEDING;
    state = State.TERMINATED;
    return unanswered ? List.of(Terminate.TERMINATE, PassUp.TIMEOUT) : List.of(Terminate.TERMINATE);
  }

  private IllegalStateException illegal(String input) {
    return new IllegalStateException("INVITE client transaction: " + input + " in " + state);
  }
}
