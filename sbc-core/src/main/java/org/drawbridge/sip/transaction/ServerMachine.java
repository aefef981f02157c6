package org.drawbridge.sip.transaction;

import java.util.List;

/**
 * A server transaction as a pure machine. An input its state does not allow is a bug and throws.
 */
sealed interface ServerMachine permits InviteServerTransaction, NonInviteServerTransaction {

  /** Makes one move. */
  List<TxAction> on(ServerInput input);

  /** Whether the user may answer with this status now. */
  boolean takes(int status);

  /** Whether the final response has been given, or none can be given any more. */
  boolean isAnswered();

  /** Whether it may ask for the last response to be sent once more. */
  boolean repeatsResponse();
}
