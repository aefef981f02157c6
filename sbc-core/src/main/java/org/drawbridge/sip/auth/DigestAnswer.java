package org.drawbridge.sip.auth;

import java.util.List;
import java.util.Locale;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.grammar.DigestChallenge;
import org.drawbridge.sip.grammar.DigestCredentials;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.MessageBuilder;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.token.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Answers a trunk's digest challenge (RFC 3261 section 22, RFC 7616), with the first algorithm we
 * know.
 */
public final class DigestAnswer {

  private DigestAnswer() {}

  /** The request with credentials added, or null if no challenge can be answered. */
  public static @Nullable MessageBuilder<SipRequest> add(
      TrunkCredentials credentials, SipResponse refusal, SipRequest request) {
    return add(credentials, refusal, request, 1);
  }

  /**
   * As {@link #add(TrunkCredentials, SipResponse, SipRequest)}, with a nonce that was used before.
   *
   * @param use how often the nonce has been used with this request, from 1
   */
  public static @Nullable MessageBuilder<SipRequest> add(
      TrunkCredentials credentials, SipResponse refusal, SipRequest request, int use) {
    for (DigestChallenge challenge : challenges(refusal)) {
      DigestAlgorithm algorithm = DigestAlgorithm.of(challenge.algorithm());
      boolean usable = challenge.qop().isEmpty() || challenge.qop().contains("auth");
      if (algorithm != null && usable) {
        String answer = answer(challenge, algorithm, credentials, request, use).toHeader();
        return request.edit().replace(credentialsHeader(refusal), answer);
      }
    }
    return null;
  }

  /** Whether a challenge finds nothing wrong but the age of the nonce. */
  public static boolean isStale(SipResponse refusal) {
    return challenges(refusal).stream().anyMatch(DigestChallenge::stale);
  }

  /** The challenges of a 401 or 407; none if they cannot be read. */
  private static List<DigestChallenge> challenges(SipResponse refusal) {
    HeaderName name =
        isByProxy(refusal) ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE;
    List<DigestChallenge> read = HeaderGrammar.challenges(refusal.headers(), name).orNull();
    return read == null ? List.of() : read;
  }

  private static HeaderName credentialsHeader(SipResponse refusal) {
    return isByProxy(refusal) ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION;
  }

  private static boolean isByProxy(SipResponse refusal) {
    return refusal.status() == 407;
  }

  private static DigestCredentials answer(
      DigestChallenge challenge,
      DigestAlgorithm algorithm,
      TrunkCredentials credentials,
      SipRequest request,
      int use) {
    String uri = request.requestUri().toString();
    String user = credentials.username();
    String nonce = challenge.nonce();
    String ha1 = algorithm.hash(user, challenge.realm(), credentials.password().reveal());
    String ha2 = algorithm.hash(request.methodToken(), uri);
    boolean qop = !challenge.qop().isEmpty();
    String cnonce = Tokens.tag();
    String count = String.format(Locale.ROOT, "%08x", use);
    String response =
        qop
            ? algorithm.hash(ha1, nonce, count, cnonce, "auth", ha2)
            : algorithm.hash(ha1, nonce, ha2);
    return new DigestCredentials(
        user,
        challenge.realm(),
        nonce,
        uri,
        response,
        algorithm.token(),
        qop ? "auth" : null,
        qop ? cnonce : null,
        qop ? count : null,
        challenge.opaque());
  }
}
