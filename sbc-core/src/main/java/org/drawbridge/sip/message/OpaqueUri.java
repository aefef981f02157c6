package org.drawbridge.sip.message;

import java.util.Locale;

/**
 * A URI of a scheme SIP gives no meaning to, such as {@code urn:service:sos}: kept as written.
 *
 * @param scheme in lower case
 * @param text the whole URI as written
 */
public record OpaqueUri(String scheme, String text) implements Uri {

  static int schemeEnd(String s) throws SipSyntaxException {
    int i = 0;
    while (i < s.length() && isSchemeChar(s.charAt(i), i)) {
      i++;
    }
    if (i == 0 || i == s.length() || s.charAt(i) != ':') {
      throw new SipSyntaxException("Missing URI scheme", i);
    }
    return i;
  }

  private static boolean isSchemeChar(char c, int at) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letter || at > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.');
  }

  public OpaqueUri {
    if (!text.regionMatches(true, 0, scheme + ":", 0, scheme.length() + 1)
        || badCharacter(text) >= 0) {
      throw new IllegalArgumentException("not a URI of scheme " + Grammar.oneLine(scheme));
    }
  }

  static OpaqueUri of(String text, int colon) throws SipSyntaxException {
    if (colon + 1 >= text.length()) {
      throw new SipSyntaxException("Empty URI", colon);
    }
    int bad = badCharacter(text);
    if (bad >= 0) {
      throw new SipSyntaxException("Bad character in URI", bad);
    }
    return new OpaqueUri(text.substring(0, colon).toLowerCase(Locale.ROOT), text);
  }

  private static int badCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '<' || c == '>' || c == '"' || c >= 0x7f) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equivalent(Uri other) {
    return other instanceof OpaqueUri that && text.equals(that.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
