package org.drawbridge.sip.grammar;

import java.util.List;
import org.drawbridge.sip.message.AuthParams;
import org.jspecify.annotations.Nullable;

/**
 * A WWW-Authenticate or Proxy-Authenticate value of scheme Digest (RFC 3261 section 22, RFC 7616,
 * RFC 8760). Texts are without quotes and escapes.
 *
 * @param algorithm null when not written, which means MD5
 * @param qop the options offered, such as auth; empty when not written
 * @param opaque null when not written
 * @param stale whether only the nonce was refused
 */
public record DigestChallenge(
    String realm,
    String nonce,
    @Nullable String algorithm,
    List<String> qop,
    @Nullable String opaque,
    boolean stale) {

  public DigestChallenge {
    qop = List.copyOf(qop);
  }

  /** The header value. */
  public String toHeader() {
    StringBuilder out = new StringBuilder(160);
    AuthParams.write(out, "Digest realm=", realm);
    AuthParams.write(out, ", nonce=", nonce);
    if (algorithm != null) {
      out.append(", algorithm=").append(algorithm);
    }
    if (!qop.isEmpty()) {
      out.append(", qop=\"").append(String.join(",", qop)).append('"');
    }
    if (opaque != null) {
      AuthParams.write(out, ", opaque=", opaque);
    }
    return out.append(stale ? ", stale=true" : "").toString();
  }
}
