package org.drawbridge.media.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a DTLS certificate (RFC 8122), or those of several of which one will be shown.
 *
 * @param hash the hash function in lower case
 * @param values one for each certificate: upper-case hex pairs joined by colons
 */
public record Fingerprint(String hash, Set<String> values) {

  /** Hash functions we take, with the bytes they yield. MD5 and MD2 prove nothing (RFC 8122 5). */
  private static final Map<String, Integer> BYTES =
      Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64, "sha-1", 20);

  private static final List<String> PREFERENCE = List.of("sha-256", "sha-384", "sha-512", "sha-1");

  /** With a copy of the values. */
  public Fingerprint {
    values = Set.copyOf(values);
  }

  /** The hash of one certificate. */
  public Fingerprint(String hash, String value) {
    this(hash, Set.of(value));
  }

  /** Reads the attribute's value, null when it is malformed or of a hash we do not take. */
  static @Nullable Fingerprint parse(String value) {
    String[] words = Words.of(value);
    if (words.length != 2) {
      return null;
    }
    String hash = words[0].toLowerCase(Locale.ROOT);
    Integer bytes = BYTES.get(hash);
    if (bytes == null || !isHexPairs(words[1], bytes)) {
      return null;
    }
    return new Fingerprint(Words.shared(hash), words[1].toUpperCase(Locale.ROOT));
  }

  private static boolean isHexPairs(String text, int pairs) {
    if (text.length() != pairs * 3 - 1) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits = i % 3 == 2 ? c == ':' : c < 128 && Character.digit(c, 16) >= 0;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** What to check a certificate against: all there are of the best hash (RFC 8122 5.1). */
  static @Nullable Fingerprint best(List<Fingerprint> all) {
    for (String hash : PREFERENCE) {
      Set<String> values =
          all.stream()
              .filter(one -> one.hash.equals(hash))
              .flatMap(one -> one.values.stream())
              .collect(Collectors.toUnmodifiableSet());
      if (!values.isEmpty()) {
        return new Fingerprint(hash, values);
      }
    }
    return null;
  }
}
