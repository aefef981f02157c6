package org.drawbridge.b2bua;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.drawbridge.routing.trunk.TrunkCredentials;
import org.drawbridge.sip.grammar.DigestChallenge;
import org.drawbridge.sip.grammar.HeaderGrammar;
import org.drawbridge.sip.grammar.HeaderValue;
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
final class DigestAnswer {

  private static final String FIRST_USE = "00000001";

  private DigestAnswer() {}

  /** The request with credentials added, or null if no challenge can be answered. */
  static @Nullable MessageBuilder<SipRequest> add(
      TrunkCredentials credentials, SipResponse refusal, SipRequest request) {
    boolean proxy = refusal.status() == 407;
    HeaderName asks = proxy ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE;
    HeaderName gives = proxy ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION;
    if (!(HeaderGrammar.challenges(refusal.headers(), asks)
        instanceof HeaderValue.Present<List<DigestChallenge>>(List<DigestChallenge> challenges))) {
      return null;
    }
    for (DigestChallenge challenge : challenges) {
      String algorithm = javaName(challenge);
      boolean usable = challenge.qop().isEmpty() || challenge.qop().contains("auth");
      if (algorithm != null && usable) {
        return request.edit().replace(gives, value(challenge, algorithm, credentials, request));
      }
    }
    return null;
  }

  private static @Nullable String javaName(DigestChallenge challenge) {
    String algorithm = challenge.algorithm() == null ? "MD5" : challenge.algorithm();
    return switch (algorithm.toUpperCase(Locale.ROOT)) {
      case "SHA-256" -> "SHA-256";
      case "MD5" -> "MD5";
      default -> null;
    };
  }

  private static String value(
      DigestChallenge challenge,
      String algorithm,
      TrunkCredentials credentials,
      SipRequest request) {
    String uri = request.requestUri().toString();
    String secret =
        hash(
            algorithm,
            credentials.username()
                + ":"
                + challenge.realm()
                + ":"
                + credentials.password().reveal());
    String what = hash(algorithm, request.methodToken() + ":" + uri);
    StringBuilder out =
        new StringBuilder(300).append("Digest username=\"").append(credentials.username());
    out.append("\", realm=\"").append(challenge.realm());
    out.append("\", nonce=\"").append(challenge.nonce());
    out.append("\", uri=\"").append(uri);
    out.append("\", algorithm=").append(algorithm);
    if (challenge.opaque() != null) {
      out.append(", opaque=\"").append(challenge.opaque()).append('"');
    }
    if (challenge.qop().isEmpty()) {
      return out.append(", response=\"")
          .append(hash(algorithm, secret + ":" + challenge.nonce() + ":" + what))
          .append('"')
          .toString();
    }
    String cnonce = Tokens.tag();
    String response =
        hash(
            algorithm,
            String.join(":", secret, challenge.nonce(), FIRST_USE, cnonce, "auth", what));
    return out.append(", qop=auth, nc=")
        .append(FIRST_USE)
        .append(", cnonce=\"")
        .append(cnonce)
        .append("\", response=\"")
        .append(response)
        .append('"')
        .toString();
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
