package org.drawbridge.policy;

import java.time.Duration;
import java.util.List;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** What is known of trunks at this moment, beside their configuration. Thread-safe. */
public interface TrunkStates {

  /** Nothing is known: every trunk may be called. */
  TrunkStates UNKNOWN = new UnknownTrunks();

  /** Why no call may go to this trunk now, in words for log and caller; null if it may. */
  @Nullable String closed(Trunk trunk);

  /** Why calls go past this trunk now while others answer, in words; null if it has its turn. */
  default @Nullable String left(Trunk trunk) {
    return null;
  }

  /** A call goes to this trunk. */
  default TrunkTry begin(Trunk trunk) {
    return TrunkTry.UNJUDGED;
  }

  /**
   * The Route values that requests outside dialogs to this trunk carry, as its registrar has asked
   * for (RFC 3608); none for most.
   */
  default List<String> serviceRoute(Trunk trunk) {
    return List.of();
  }

  /** The flow over which this target of the trunk has our registration; null if it has none. */
  default @Nullable Flow registeredOver(Trunk trunk, SipTarget target) {
    return null;
  }

  /** Whether a target of the trunk answers, as far as is known. */
  boolean isUp(Trunk trunk, SipTarget target);

  /** The trunk at whose registrar we left the Contact that this request is for; null if none. */
  @Nullable Trunk byContact(SipRequest request, Flow flow);

  /** The trunk that we registered with over this flow; null if none. */
  @Nullable Trunk byFlow(Flow flow);

  /** A target answered a request. */
  void answered(Trunk trunk, SipTarget target);

  /**
   * A target did not answer a call or wants to be left alone.
   *
   * @param rest how long others are preferred to it, unless it answers before
   * @param reason for the log
   */
  void failed(Trunk trunk, SipTarget target, Duration rest, String reason);
}
