package org.drawbridge.proxy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.account.Aor;
import org.drawbridge.proxy.DialogEnd.Owner;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * Flow tokens (RFC 5626 section 5.2): what the user part of our Record-Route says, so that a later
 * request of the dialog finds the other end although we keep nothing of the dialog. A token is
 * signed together with the dialog's Call-ID and the caller's tag, so nobody can make one up, take
 * one into another dialog, or reach with it anyone but the two ends of its own. It is encrypted, so
 * neither end learns from it where or who the other is: the signature is the vector of the cipher
 * (as in RFC 5297), which makes it no longer and needs no random bytes. Used on one loop.
 */
final class FlowTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String CIPHER = "AES/CTR/NoPadding";
  private static final String PURPOSE = "flow-tokens";
  private static final int AES_BYTES = 16;
  private static final int MAC_BYTES = 12;
  private static final int LONGEST = 1_000;

  /** Of whose end it is; with two of these a token is shorter than {@link #LONGEST}. */
  private static final int LONGEST_OWNER = 300;

  private static final char BETWEEN_ENDS = '\n';
  private static final char BETWEEN_PARTS = '\t';

  private final Mac mac;
  private final Cipher cipher;
  private final SecretKeySpec cipherKey;

  /**
   * Those of a secret, which is also used for other things: with the same one, as after a restart,
   * tokens made before are understood.
   */
  FlowTokens(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      byte[] keys = mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));
      mac.init(new SecretKeySpec(keys, AES_BYTES, keys.length - AES_BYTES, ALGORITHM));
      cipherKey = new SecretKeySpec(keys, 0, AES_BYTES, "AES");
      cipher = Cipher.getInstance(CIPHER);
    } catch (GeneralSecurityException e) {
      throw unheardOf(e);
    }
  }

  private static IllegalStateException unheardOf(GeneralSecurityException e) {
    return new IllegalStateException("every JDK has " + ALGORITHM + " and " + CIPHER, e);
  }

  /** The token of a dialog that is about to begin. */
  String mint(String callId, @Nullable String callerTag, DialogEnd caller, DialogEnd callee) {
    byte[] ends = (text(caller) + BETWEEN_ENDS + text(callee)).getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(sign(ends, callId, callerTag), MAC_BYTES + ends.length);
    System.arraycopy(crypt(token, ends), 0, token, MAC_BYTES, ends.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The end that a request within a dialog is for; null if the token is none of ours or belongs to
   * another dialog.
   */
  @Nullable DialogEnd read(
      String token, String callId, @Nullable String fromTag, @Nullable String toTag) {
    byte[] bytes = decode(token);
    if (bytes == null) {
      return null;
    }
    byte[] ends = crypt(bytes, Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length));
    byte[] given = Arrays.copyOf(bytes, MAC_BYTES);
    boolean fromCaller = isSigned(given, ends, callId, fromTag);
    if (!fromCaller && !isSigned(given, ends, callId, toTag)) {
      return null;
    }
    String text = new String(ends, StandardCharsets.UTF_8);
    int between = text.indexOf(BETWEEN_ENDS);
    return end(fromCaller ? text.substring(between + 1) : text.substring(0, between));
  }

  private boolean isSigned(byte[] given, byte[] ends, String callId, @Nullable String callerTag) {
    byte[] right = Arrays.copyOf(sign(ends, callId, callerTag), MAC_BYTES);
    return MessageDigest.isEqual(given, right);
  }

  private static byte @Nullable [] decode(String token) {
    if (token.length() > LONGEST || token.length() <= MAC_BYTES * 4 / 3) {
      return null;
    }
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** A line break can stand in none of the parts, so they cannot run into one another. */
  private byte[] sign(byte[] ends, String callId, @Nullable String callerTag) {
    mac.update(ends);
    mac.update((BETWEEN_ENDS + callId + BETWEEN_ENDS + callerTag).getBytes(StandardCharsets.UTF_8));
    return mac.doFinal();
  }

  /**
   * Encrypts, or decrypts what was encrypted under the same signature.
   *
   * @param signed what begins with it
   */
  private byte[] crypt(byte[] signed, byte[] ends) {
    byte[] vector = Arrays.copyOf(Arrays.copyOf(signed, MAC_BYTES), AES_BYTES);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(vector));
      return cipher.doFinal(ends);
    } catch (GeneralSecurityException e) {
      throw unheardOf(e);
    }
  }

  private static String text(DialogEnd end) {
    String owner =
        switch (end.owner()) {
          case Owner.Account(Aor aor) -> "a" + aor.domain() + '@' + aor.user();
          case Owner.OfTrunk(String name) -> "t" + name;
          case Owner.Stranger _ -> "s";
        };
    return clean(owner) + BETWEEN_PARTS + end.flow().value();
  }

  /**
   * An account whose name has a control character in it, or is too long, is found by its flow
   * alone.
   */
  private static String clean(String owner) {
    boolean tooLong = owner.getBytes(StandardCharsets.UTF_8).length > LONGEST_OWNER;
    return tooLong || owner.chars().anyMatch(c -> c < ' ') ? "s" : owner;
  }

  private static DialogEnd end(String text) {
    int tab = text.indexOf(BETWEEN_PARTS);
    return new DialogEnd(new FlowId(text.substring(tab + 1)), owner(text.substring(0, tab)));
  }

  private static Owner owner(String text) {
    String name = text.substring(1);
    int at = name.indexOf('@');
    return switch (text.charAt(0)) {
      case 'a' -> new Owner.Account(new Aor(name.substring(at + 1), name.substring(0, at)));
      case 't' -> new Owner.OfTrunk(name);
      default -> new Owner.Stranger();
    };
  }
}
