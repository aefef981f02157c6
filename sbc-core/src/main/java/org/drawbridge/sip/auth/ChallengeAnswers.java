package org.drawbridge.sip.auth;

import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges to one request of ours (RFC 3261 sections 22.2 and 22.3): that of a proxy
 * and that of a server once each, and again where nothing was wrong but the age of the nonce (RFC
 * 7616 section 3.3). Confined to its loop.
 */
public final class ChallengeAnswers {

  /** A peer whose nonces are always too old is not answered for ever. */
  private static final int MAX = 4;

  private int answered;
  private boolean proxy;
  private boolean server;

  /** The request with credentials, or null if the refusal stands. */
  public @Nullable MessageBuilder<SipRequest> answer(
      TrunkCredentials credentials, SipResponse refusal, SipRequest request) {
    boolean byProxy = refusal.status() == 407;
    boolean again = byProxy ? proxy : server;
    if (answered == MAX || (again && !DigestAnswer.isStale(refusal))) {
      return null;
    }
    answered++;
    proxy |= byProxy;
    server |= !byProxy;
    return DigestAnswer.add(credentials, refusal, request);
  }
}
