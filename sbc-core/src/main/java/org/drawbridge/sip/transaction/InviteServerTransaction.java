package org.drawbridge.sip.transaction;

import java.util.List;
import org.drawbridge.sip.transaction.TxAction.PassUp;
import org.drawbridge.sip.transaction.TxAction.Send;
import org.drawbridge.sip.transaction.TxAction.StartTimer;
import org.drawbridge.sip.transaction.TxAction.StopTimer;
import org.drawbridge.sip.transaction.TxAction.Terminate;

/**
 * The INVITE server transaction (RFC 3261 17.2.1 as changed by RFC 6026 8.5). Pure.
 *
 * <pre>{@code
 *                           |INVITE
 *                           |pass INVITE to TU
 *       INVITE              V
 *       send response +------------+  send 100 if TU is silent for 200 ms
 *           +---------|            |--------+
 *           |         | Proceeding |        | 1xx from TU
 *           +-------->|            |<-------+ send response
 *                     +------------+
 *     300-699 from TU   |   |    | flow closed, inform TU
 *     send response     |   |    +-----------------------------+
 *       +---------------+   | 2xx from TU                      |
 *       |                   | send response                    |
 *       |                   +--------------------+             |
 *       V                                        V             |
 * +-----------+ Timer G fires or INVITE    +-----------+       |
 * | Completed |---------+ send response    | Accepted  | INVITE: absorbed
 * |           |<--------+                  |           | 2xx from TU: send
 * +-----------+                            +-----------+ ACK: to TU
 *   |        | Timer H fires                     |             |
 *   | ACK    +-------------------+               | Timer L     |
 *   V                            |               | fires       |
 * +-----------+                  |               |             |
 * | Confirmed | INVITE, ACK:     |               |             |
 * +-----------+ absorbed         |               V             |
 *   | Timer I fires              |         +------------+      |
 *   +----------------------------+-------->| Terminated |<-----+
 *                                          +------------+
 * }</pre>
 */
final class InviteServerTransaction implements ServerMachine {

  enum State {
    INITIAL,
    PROCEEDING,
    COMPLETED,
    CONFIRMED,
    ACCEPTED,
    TERMINATED
  }

  /**
   * How long the user may take to answer before a 100 quenches retransmissions (RFC 3261 17.2.1),
   * ms.
   */
  static final long TRYING_AFTER = 200;

  private final TransactionSettings settings;
  private final boolean reliable;
  private State state = State.INITIAL;
  private boolean provisionalSent;
  private long timerG;

  InviteServerTransaction(TransactionSettings settings, boolean reliable) {
    this.settings = settings;
    this.reliable = reliable;
    timerG = settings.t1();
  }

  State state() {
    return state;
  }

  @Override
  public boolean takes(int status) {
    boolean success = status >= 200 && status < 300;
    return state == State.PROCEEDING || (state == State.ACCEPTED && success);
  }

  @Override
  public boolean isAnswered() {
    return state != State.INITIAL && state != State.PROCEEDING;
  }

  @Override
  public boolean repeatsResponse() {
    return state == State.PROCEEDING || state == State.COMPLETED;
  }

  @Override
  public List<TxAction> on(ServerInput input) {
    return switch (input) {
      case ServerInput.Signal.START -> start();
      case ServerInput.Signal.TAKEN -> taken();
      case ServerInput.Signal.REPEATED -> repeated();
      case ServerInput.Signal.ACK -> ack();
      case ServerInput.Signal.FLOW_CLOSED -> flowClosed();
      case ServerInput.Answer(int status) -> answer(status);
      case ServerInput.Fired(TxTimer timer) -> fired(timer);
    };
  }

  private List<TxAction> start() {
    if (state != State.INITIAL) {
      throw illegal("start");
    }
    state = State.PROCEEDING;
    return List.of(PassUp.REQUEST);
  }

  private List<TxAction> taken() {
    if (state != State.PROCEEDING) {
      throw illegal("taken");
    }
    return provisionalSent ? List.of() : List.of(new StartTimer(TxTimer.TRYING, TRYING_AFTER));
  }

  private List<TxAction> repeated() {
    return switch (state) {
      case PROCEEDING -> provisionalSent ? List.of(Send.RESPONSE) : List.of();
      case COMPLETED -> List.of(Send.RESPONSE);
      // The user sends its 2xx again by itself (RFC 6026 7.1).
      case ACCEPTED, CONFIRMED -> List.of();
      case INITIAL, TERMINATED -> throw illegal("INVITE");
    };
  }

  private List<TxAction> ack() {
    return switch (state) {
      case PROCEEDING, CONFIRMED -> List.of();
      case COMPLETED -> confirmed();
      case ACCEPTED -> List.of(PassUp.ACK);
      case INITIAL, TERMINATED -> throw illegal("ACK");
    };
  }

  private List<TxAction> confirmed() {
    if (reliable) {
      state = State.TERMINATED;
      return List.of(Terminate.TERMINATE);
    }
    state = State.CONFIRMED;
    return List.of(new StopTimer(TxTimer.G), new StartTimer(TxTimer.I, settings.t4()));
  }

  private List<TxAction> flowClosed() {
    return switch (state) {
      case INITIAL -> throw illegal("flow closed");
      case PROCEEDING -> {
        state = State.TERMINATED;
        yield List.of(Terminate.TERMINATE, PassUp.LOST);
      }
      // Their timers end them.
      case COMPLETED, CONFIRMED, ACCEPTED, TERMINATED -> List.of();
    };
  }

  private List<TxAction> answer(int status) {
    if (!takes(status)) {
      throw illegal("answer " + status);
    }
    if (state == State.ACCEPTED) {
      return List.of(Send.RESPONSE);
    }
    StopTimer stopTrying = new StopTimer(TxTimer.TRYING);
    if (status < 200) {
      provisionalSent = true;
      return List.of(stopTrying, Send.RESPONSE);
    }
    if (status < 300) {
      state = State.ACCEPTED;
      return List.of(stopTrying, Send.RESPONSE, new StartTimer(TxTimer.L, settings.timeout()));
    }
    state = State.COMPLETED;
    StartTimer waitForAck = new StartTimer(TxTimer.H, settings.timeout());
    return reliable
        ? List.of(stopTrying, Send.RESPONSE, waitForAck)
        : List.of(stopTrying, Send.RESPONSE, new StartTimer(TxTimer.G, timerG), waitForAck);
  }

  private List<TxAction> fired(TxTimer timer) {
    if (timer == TxTimer.TRYING && state == State.PROCEEDING) {
      provisionalSent = true;
      return List.of(Send.TRYING);
    }
    if (timer == TxTimer.G && state == State.COMPLETED) {
      timerG = settings.backOff(timerG);
      return List.of(Send.RESPONSE, new StartTimer(TxTimer.G, timerG));
    }
    boolean inTime =
        switch (state) {
          case COMPLETED -> timer == TxTimer.H;
          case CONFIRMED -> timer == TxTimer.I;
          case ACCEPTED -> timer == TxTimer.L;
          case INITIAL, PROCEEDING, TERMINATED -> false;
        };
    if (!inTime) {
      throw illegal("timer " + timer);
    }
    state = State.TERMINATED;
    return List.of(Terminate.TERMINATE);
  }

  private IllegalStateException illegal(String input) {
    return new IllegalStateException("INVITE server transaction: " + input + " in " + state);
  }
}
