package org.drawbridge.policy;

import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/** Who has signed in through us at a PBX behind us. Thread-safe. */
public interface RelayedAccounts {

  /** Nobody. */
  RelayedAccounts NONE = new NoRelayedAccounts();

  /**
   * A phone, and the name its PBX knows it by.
   *
   * @param account its account at the PBX
   * @param alias where {@link org.drawbridge.registrar.LocationService} finds this phone alone
   */
  record Phone(Aor account, Aor alias) {}

  /** The phone that a request from its PBX is for; null if it is for none. */
  @Nullable Phone called(SipRequest request, Flow flow);

  /** Whether a request is for a phone that was here and is gone: its PBX has not heard of that. */
  boolean isGone(SipRequest request);

  /** Whether the PBX has let this account in over this flow. */
  boolean isSignedIn(Aor account, Flow flow);

  /** The accounts that the PBX has let in over this flow. */
  List<Aor> over(Flow flow);

  /**
   * The Route values that the PBX asks of requests of this account over this flow (RFC 3608); none
   * for most.
   */
  List<String> serviceRoute(Aor account, Flow flow);
}
