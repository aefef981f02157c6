package org.drawbridge.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code a=crypto} attribute (RFC 4568). Its keys are secrets: they never reach a log.
 *
 * @param tag tells the alternatives of one offer apart
 * @param suite the crypto-suite
 * @param keys at least one, of the length the suite asks for; several have MKIs of one length that
 *     differ
 */
public record Crypto(int tag, CryptoSuite suite, List<InlineKey> keys) {

  private static final int MAX_TAG = 999_999_999;

  /** More keys in one line are nobody's habit. */
  private static final int MAX_KEYS = 8;

  /** A line with a copy of the keys. */
  public Crypto {
    keys = List.copyOf(keys);
  }

  /** A line of one key without an MKI. */
  public Crypto(int tag, CryptoSuite suite, String key) {
    this(tag, suite, List.of(new InlineKey(key, null)));
  }

  /**
   * Reads the attribute's value. Null for suites we do not carry, keys that cannot be told apart,
   * or session parameters that change how packets look: taking such a line would mean silence.
   */
  static @Nullable Crypto parse(String value) {
    String[] words = Words.of(value);
    if (words.length < 3) {
      return null;
    }
    int tag = CodecReader.number(words[0], MAX_TAG);
    CryptoSuite suite = CryptoSuite.named(words[1]);
    if (tag < 0 || suite == null || changesPackets(words)) {
      return null;
    }
    List<InlineKey> keys = keys(words[2].split(";", MAX_KEYS + 1), suite);
    return keys.isEmpty() || keys.size() > MAX_KEYS ? null : new Crypto(tag, suite, keys);
  }

  /** All of them, or none. */
  private static List<InlineKey> keys(String[] parts, CryptoSuite suite) {
    List<InlineKey> keys = new ArrayList<>(parts.length);
    Set<Mki> seen = new HashSet<>();
    int length = -1;
    for (String part : parts) {
      InlineKey key = InlineKey.parse(part, suite.keyAndSaltBytes());
      if (key == null) {
        return List.of();
      }
      Mki mki = key.mki();
      keys.add(key);
      boolean apart =
          parts.length == 1
              || mki != null && seen.add(mki) && (length < 0 || length == mki.length());
      if (!apart) {
        return List.of();
      }
      length = mki == null ? -1 : mki.length();
    }
    return keys;
  }

  private static boolean changesPackets(String[] words) {
    for (int i = 3; i < words.length; i++) {
      if (!words[i].startsWith("-") && !words[i].startsWith("WSH=")) {
        return true;
      }
    }
    return false;
  }

  /** The line with which these keys are sent to the peer. */
  public SdpLine line() {
    List<String> written = keys.stream().map(InlineKey::written).toList();
    return SdpLine.attribute("crypto", tag + " " + suite + " " + String.join(";", written));
  }

  /** The first key in base64. */
  public String key() {
    return keys.getFirst().key();
  }

  /** Master key and salt of the first key. */
  public byte[] keyBytes() {
    return keys.getFirst().keyBytes();
  }

  /** The MKI of the first key; null without. */
  public @Nullable Mki mki() {
    return keys.getFirst().mki();
  }

  @Override
  public String toString() {
    return "Crypto[" + tag + ' ' + suite + ']';
  }
}
