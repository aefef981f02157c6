package org.drawbridge.sipunit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drawbridge.support.SipAccount;

/**
 * Answers a digest challenge (RFC 7616); SipUnit's own answer leaves out qop, which RFC 2617
 * brought.
 */
public final class Digest {

  private Digest() {}

  /** The credentials for a challenge, to stand after the colon of an Authorization header. */
  public static String answer(String challenge, String method, String uri, SipAccount account) {
    String realm = parameter(challenge, "realm");
    String nonce = parameter(challenge, "nonce");
    String algorithm = parameter(challenge, "algorithm");
    String ha1 = hash(algorithm, account.user() + ":" + realm + ":" + account.password());
    String ha2 = hash(algorithm, method + ":" + uri);
    String response = hash(algorithm, ha1 + ":" + nonce + ":00000001:client:auth:" + ha2);
    return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=%s,"
            + " qop=auth, nc=00000001, cnonce=\"client\", response=\"%s\"")
        .formatted(account.user(), realm, nonce, uri, algorithm, response);
  }

  private static String parameter(String challenge, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"?([^\",]*)").matcher(challenge);
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in " + challenge);
    }
    return matcher.group(1);
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("challenged by an unknown algorithm: " + algorithm, e);
    }
  }
}
