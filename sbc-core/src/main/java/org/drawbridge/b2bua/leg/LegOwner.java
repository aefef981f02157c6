package org.drawbridge.b2bua.leg;

import java.util.List;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.reach.CallServices;
import org.drawbridge.sip.transaction.ServerTransaction;

/** The call that a leg is a side of, as far as its legs need to know it. Used on its loop only. */
public interface LegOwner {

  /** What its loop works with. */
  CallServices services();

  /** The configuration the call was decided by. */
  Ruleset rules();

  /** Where its legs are found. */
  LegTable legs();

  /** The INVITE that began it, without its body once the call was answered. */
  ServerTransaction invite();

  /** The legs there are. */
  List<Leg> all();

  /** Whether a leg is one of the two that are joined; it may have been transferred away. */
  boolean has(Leg leg);

  /** Whether it is answered, and has not ended. */
  boolean isTalking();

  /** Whether everything it held is released. */
  boolean isOver();

  /** Offers a leg what the other side has now, as a session refresh; nothing unless it talks. */
  void offerTo(Leg leg);

  /** The peer of a leg has changed its connection. */
  void moved(Leg leg);

  /** Ends the call, whatever it is doing. */
  void end(EndCause cause);
}
