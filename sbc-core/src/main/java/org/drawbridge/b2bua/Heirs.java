package org.drawbridge.b2bua;

import java.util.IdentityHashMap;
import java.util.Map;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * Calls of ours that wait until another one, which still rings, is answered: then each takes the
 * place of its caller. At most one for each call that rings. Used on one loop.
 */
final class Heirs {

  private final Map<ServerTransaction, Takeover> waiting = new IdentityHashMap<>();

  /** One more waits. */
  void add(ServerTransaction invite, Takeover heir) {
    waiting.put(invite, heir);
  }

  /** One waits no more. */
  void remove(ServerTransaction invite) {
    waiting.remove(invite);
  }

  /** The INVITE of one is taken back; nothing happens where none of these waits by it. */
  void withdraw(ServerTransaction invite) {
    Takeover heir = waiting.get(invite);
    if (heir != null) {
      heir.withdraw();
    }
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }
}
