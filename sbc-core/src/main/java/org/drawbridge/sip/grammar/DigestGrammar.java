package org.drawbridge.sip.grammar;

import gov.nist.javax.sip.header.AuthenticationHeader;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sip.message.HeaderName;
import org.drawbridge.sip.message.Headers;
import org.jspecify.annotations.Nullable;

/** Digest credentials and challenges (RFC 7616 sections 3.3 and 3.4). */
final class DigestGrammar {
  private static final String DIGEST = "Digest ";

  private DigestGrammar() {}

  static HeaderValue<List<DigestCredentials>> credentials(Headers headers, HeaderName name) {
    return digests(headers, name, DigestGrammar::credentials);
  }

  static HeaderValue<List<DigestChallenge>> challenges(Headers headers, HeaderName name) {
    return digests(headers, name, DigestGrammar::challenge);
  }

  /**
   * Other schemes are sorted out first: JAIN-SIP cannot read a Bearer token, and nobody asked for
   * it here.
   */
  private static <T> HeaderValue<List<T>> digests(
      Headers headers, HeaderName name, JainHeaders.Converter<AuthenticationHeader, T> convert) {
    List<String> values = new ArrayList<>(2);
    for (String value : headers.all(name)) {
      if (value.regionMatches(true, 0, DIGEST, 0, DIGEST.length())) {
        values.add(value);
      }
    }
    return JainHeaders.all(values, name, AuthenticationHeader.class, convert);
  }

  private static @Nullable DigestCredentials credentials(AuthenticationHeader h) {
    String username = h.getParameter("username");
    String realm = h.getParameter("realm");
    String nonce = h.getParameter("nonce");
    String uri = h.getParameter("uri");
    String response = h.getParameter("response");
    if (username == null || realm == null || nonce == null || uri == null || response == null) {
      return null;
    }
    return new DigestCredentials(
        username,
        realm,
        nonce,
        uri,
        response,
        h.getParameter("algorithm"),
        h.getParameter("qop"),
        h.getParameter("cnonce"),
        h.getParameter("nc"),
        h.getParameter("opaque"));
  }

  private static @Nullable DigestChallenge challenge(AuthenticationHeader h) {
    String realm = h.getParameter("realm");
    String nonce = h.getParameter("nonce");
    if (realm == null || nonce == null) {
      return null;
    }
    return new DigestChallenge(
        realm,
        nonce,
        h.getParameter("algorithm"),
        options(h.getParameter("qop")),
        h.getParameter("opaque"),
        "true".equalsIgnoreCase(h.getParameter("stale")));
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
