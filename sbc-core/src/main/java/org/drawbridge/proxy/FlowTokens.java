package org.drawbridge.proxy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drawbridge.account.Aor;
import org.drawbridge.proxy.DialogEnd.Owner;
import org.drawbridge.sip.flow.FlowId;
import org.jspecify.annotations.Nullable;

/**
 * Flow tokens (RFC 5626 section 5.2): what the user part of our Record-Route says, so that a later
 * request of the dialog finds the other end although we keep nothing of the dialog. A token is
 * signed together with the dialog's Call-ID and the caller's tag, so nobody can make one up, take
 * one into another dialog, or reach with it anyone but the two ends of its own. Used on one loop.
 */
final class FlowTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 12;
  private static final int LONGEST = 1_000;

  /** Of whose end it is; with two of these a token is shorter than {@link #LONGEST}. */
  private static final int LONGEST_OWNER = 300;

  private static final char BETWEEN_ENDS = '\n';
  private static final char BETWEEN_PARTS = '\t';

  private final Mac mac;

  /** With a key of its own: the tokens of another instance are not ours. */
  FlowTokens() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The token of a dialog that is about to begin. */
  String mint(String callId, @Nullable String callerTag, DialogEnd caller, DialogEnd callee) {
    byte[] ends = (text(caller) + BETWEEN_ENDS + text(callee)).getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(sign(ends, callId, callerTag), MAC_BYTES + ends.length);
    System.arraycopy(ends, 0, token, MAC_BYTES, ends.length);
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
    byte[] ends = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
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
