package org.drawbridge.upstream;

import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.auth.DigestAnswer;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of a registrar and of a proxy before it, answered in each request until they set
 * new ones (RFC 3261 section 22.3). Confined to a loop.
 */
final class DigestMemory {

  private final TrunkCredentials credentials;
  private final Remembered registrar = new Remembered();
  private final Remembered proxy = new Remembered();

  private static final class Remembered {
    @Nullable SipResponse challenge;
    int uses;

    /** Whether the request under way answers a challenge that was set to it. */
    boolean answeredNow;
  }

  DigestMemory(TrunkCredentials credentials) {
    this.credentials = credentials;
  }

  /** A request that is not a repetition of the last begins. */
  void begin() {
    registrar.answeredNow = false;
    proxy.answeredNow = false;
  }

  /** The request with the credentials that were asked for so far. */
  SipRequest authorize(SipRequest request) {
    return authorize(authorize(request, proxy), registrar);
  }

  private SipRequest authorize(SipRequest request, Remembered from) {
    if (from.challenge == null) {
      return request;
    }
    from.uses++;
    MessageBuilder<SipRequest> out =
        DigestAnswer.add(credentials, from.challenge, request, from.uses);
    return out == null ? request : out.build();
  }

  /**
   * Takes a 401 or 407.
   *
   * @return whether the request is worth repeating: it is not when the answer to a challenge was
   *     refused, but for the age of its nonce alone
   */
  boolean learn(SipResponse refusal, SipRequest request) {
    Remembered of = refusal.status() == 407 ? proxy : registrar;
    boolean refused = of.answeredNow && !DigestAnswer.isStale(refusal);
    boolean usable = DigestAnswer.add(credentials, refusal, request) != null;
    of.challenge = refused || !usable ? null : refusal;
    of.uses = 0;
    of.answeredNow = true;
    return of.challenge != null;
  }
}
