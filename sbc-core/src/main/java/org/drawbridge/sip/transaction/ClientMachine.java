package org.drawbridge.sip.transaction;

import java.util.List;

/**
 * A client transaction as a pure machine. An input its state does not allow is a bug and throws.
 */
sealed interface ClientMachine permits InviteClientTransaction, NonInviteClientTransaction {

  /** Makes one move. */
  List<TxAction> on(ClientInput input);

  /** Whether no response can concern the user any more. */
  boolean isOver();
}
