package org.drawbridge.sip.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.drawbridge.sip.message.AuthParams;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.drawbridge.sip.message.SipSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Digest credentials and challenges (RFC 7616 sections 3.3 and 3.4). Every REGISTER carries them,
 * so they are read by our own scanner.
 */
final class DigestGrammar {
  private static final String DIGEST = "Digest ";

  private DigestGrammar() {}

  static HeaderValue<List<DigestCredentials>> credentials(Headers headers, HeaderName name) {
    return digests(headers, name, DigestGrammar::credentials);
  }

  static HeaderValue<List<DigestChallenge>> challenges(Headers headers, HeaderName name) {
    return digests(headers, name, DigestGrammar::challenge);
  }

  /** One bad value spoils all; other schemes are passed over, since nobody asked for them. */
  private static <T> HeaderValue<List<T>> digests(
      Headers headers, HeaderName name, Function<AuthParams, @Nullable T> convert) {
    List<T> read = new ArrayList<>(2);
    for (String value : headers.all(name)) {
      if (value.regionMatches(true, 0, DIGEST, 0, DIGEST.length())) {
        T digest = digest(value, convert);
        if (digest == null) {
          return HeaderValue.invalid(name);
        }
        read.add(digest);
      }
    }
    return read.isEmpty()
        ? new HeaderValue.Absent<>()
        : new HeaderValue.Present<>(List.copyOf(read));
  }

  private static <T> @Nullable T digest(String value, Function<AuthParams, @Nullable T> convert) {
    try {
      return convert.apply(AuthParams.parse(value, DIGEST.length()));
    } catch (SipSyntaxException e) {
      return null;
    }
  }

  private static @Nullable DigestCredentials credentials(AuthParams params) {
    String username = params.get("username");
    String realm = params.get("realm");
    String nonce = params.get("nonce");
    String uri = params.get("uri");
    String response = params.get("response");
    if (username == null || realm == null || nonce == null || uri == null || response == null) {
      return null;
    }
    return new DigestCredentials(
        username,
        realm,
        nonce,
        uri,
        response,
        params.get("algorithm"),
        params.get("qop"),
        params.get("cnonce"),
        params.get("nc"),
        params.get("opaque"));
  }

  private static @Nullable DigestChallenge challenge(AuthParams params) {
    String realm = params.get("realm");
    String nonce = params.get("nonce");
    if (realm == null || nonce == null) {
      return null;
    }
    return new DigestChallenge(
        realm,
        nonce,
        params.get("algorithm"),
        options(params.get("qop")),
        params.get("opaque"),
        "true".equalsIgnoreCase(params.get("stale")));
  }

  private static List<String> options(@Nullable String qop) {
    List<String> out = new ArrayList<>(2);
    int from = 0;
    while (qop != null && from <= qop.length()) {
      int comma = qop.indexOf(',', from);
      int end = comma < 0 ? qop.length() : comma;
      String option = qop.substring(from, end).strip();
      if (!option.isEmpty()) {
        out.add(option);
      }
      from = end + 1;
    }
    return out;
  }
}
