package org.drawbridge.policy;

import java.time.Duration;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** Knows of nothing that would keep a call from a trunk. */
final class UnknownTrunks implements TrunkStates {

  @Override
  public @Nullable String closed(Trunk trunk) {
    return null;
  }

  @Override
  public boolean isUp(Trunk trunk, SipTarget target) {
    return true;
  }

  @Override
  public @Nullable Trunk byContact(SipRequest request, Flow flow) {
    return null;
  }

  @Override
  public @Nullable Trunk byFlow(Flow flow) {
    return null;
  }

  @Override
  public void answered(Trunk trunk, SipTarget target) {
    // Nobody asks.
  }

  @Override
  public void failed(Trunk trunk, SipTarget target, Duration rest, String reason) {
    // Nobody asks.
  }
}
