package org.drawbridge.sip.auth;

import org.drawbridge.account.Aor;
import org.drawbridge.sip.message.SipResponse;

/** What a request's credentials came to. */
public sealed interface AuthOutcome {

  /** The sender proved to be this account. */
  record Authenticated(Aor account) implements AuthOutcome {}

  /**
   * The sender proved nothing yet, or something wrong.
   *
   * @param response the 401 or 407 with fresh challenges, or the 403, to send as it is
   * @param reason why, for the log
   * @param reached whether the sender has answered a challenge, right or wrong: then its address is
   *     its own
   */
  record Refused(SipResponse response, String reason, boolean reached) implements AuthOutcome {}
}
