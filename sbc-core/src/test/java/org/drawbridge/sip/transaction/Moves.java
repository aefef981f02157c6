package org.drawbridge.sip.transaction;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Machine inputs and actions as words, for tables. Inputs: {@code start}, {@code taken}, {@code
 * cancel}, {@code linger}, {@code again}, {@code ack}, {@code closed}, a status, or a timer's name.
 * Actions: {@code send X}, {@code up X}, {@code A+500} and {@code A-} for a timer that starts or
 * stops, {@code end}; {@code -} for none.
 */
final class Moves {

  private Moves() {}

  static ClientInput client(String word) {
    return switch (word) {
      case "start" -> ClientInput.Signal.START;
      case "cancel" -> ClientInput.Signal.CANCEL;
      case "closed" -> ClientInput.Signal.FLOW_CLOSED;
      case "linger" -> ClientInput.Signal.LINGER;
      default ->
          isNumber(word)
              ? new ClientInput.Received(Integer.parseInt(word))
              : new ClientInput.Fired(TxTimer.valueOf(word));
    };
  }

  static ServerInput server(String word) {
    return switch (word) {
      case "start" -> ServerInput.Signal.START;
      case "taken" -> ServerInput.Signal.TAKEN;
      case "again" -> ServerInput.Signal.REPEATED;
      case "ack" -> ServerInput.Signal.ACK;
      case "closed" -> ServerInput.Signal.FLOW_CLOSED;
      default ->
          isNumber(word)
              ? new ServerInput.Answer(Integer.parseInt(word))
              : new ServerInput.Fired(TxTimer.valueOf(word));
    };
  }

  /** A machine's last answer after a row of inputs, in words. */
  static String run(ClientMachine machine, String words) {
    String last = "";
    for (String word : words.split(" ", -1)) {
      last = text(machine.on(client(word)));
    }
    return last;
  }

  /** A machine's last answer after a row of inputs, in words. */
  static String run(ServerMachine machine, String words) {
    String last = "";
    for (String word : words.split(" ", -1)) {
      last = text(machine.on(server(word)));
    }
    return last;
  }

  private static String text(List<TxAction> actions) {
    return actions.isEmpty() ? "-" : actions.stream().map(Moves::text).collect(joining(", "));
  }

  private static String text(TxAction action) {
    return switch (action) {
      case TxAction.Send what -> "send " + what;
      case TxAction.StartTimer(TxTimer timer, long delay) -> timer + "+" + delay;
      case TxAction.StopTimer(TxTimer timer) -> timer + "-";
      case TxAction.Terminate _ -> "end";
      case TxAction.PassUp what -> "up " + what;
    };
  }

  private static boolean isNumber(String word) {
    return Character.isDigit(word.charAt(0));
  }
}
