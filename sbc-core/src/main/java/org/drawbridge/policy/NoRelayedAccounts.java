package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** Without a PBX behind us. */
final class NoRelayedAccounts implements RelayedAccounts {

  @Override
  public @Nullable Phone called(SipRequest request, Flow flow) {
    return null;
  }

  @Override
  public boolean isGone(SipRequest request) {
    return false;
  }

  @Override
  public boolean isSignedIn(Aor account, Flow flow) {
    return false;
  }

  @Override
  public List<Aor> over(Flow flow) {
    return List.of();
  }

  @Override
  public List<String> serviceRoute(Aor account, Flow flow) {
    return List.of();
  }
}
