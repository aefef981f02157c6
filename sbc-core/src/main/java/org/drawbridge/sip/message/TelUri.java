package org.drawbridge.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * A telephone number (RFC 3966).
 *
 * @param number as written, with its visual separators and a leading {@code +} if global
 * @param params such as {@code phone-context}, {@code ext}
 */
public record TelUri(String number, Params params) implements Uri {

  /** The parameter that says where a local number is one (RFC 3966 section 5.1.5). */
  static final String CONTEXT = "phone-context";

  public TelUri {
    if (number.isEmpty() || badCharacter(number) >= 0) {
      throw new IllegalArgumentException("not a telephone number");
    }
  }

  /** Where {@code number} has a character it may not have; -1 if nowhere. */
  private static int badCharacter(String number) {
    for (int i = 0; i < number.length(); i++) {
      boolean plus = number.charAt(i) == '+' && i == 0;
      if (!plus && "0123456789ABCDEFabcdef*#-.()".indexOf(number.charAt(i)) < 0) {
        return i;
      }
    }
    return -1;
  }

  static TelUri parseAfterScheme(String s) throws SipSyntaxException {
    int semicolon = s.indexOf(';', 4);
    int end = semicolon < 0 ? s.length() : semicolon;
    int bad = badCharacter(s.substring(4, end));
    if (bad >= 0) {
      throw new SipSyntaxException("Bad character in telephone number", 4 + bad);
    }
    if (end == 4) {
      throw new SipSyntaxException("Empty telephone number", 4);
    }
    return new TelUri(s.substring(4, end), Params.parse(s, end));
  }

  @Override
  public String scheme() {
    return "tel";
  }

  /** The number without visual separators. */
  public String digits() {
    return digits(number);
  }

  /** As {@link SipUri#phoneContext}. */
  public @Nullable String phoneContext() {
    return params.get(CONTEXT);
  }

  static boolean isNumber(String text) {
    return badCharacter(text) < 0 && text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  static String digits(String number) {
    StringBuilder out = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      if ("-.()".indexOf(number.charAt(i)) < 0) {
        out.append(number.charAt(i));
      }
    }
    return out.toString();
  }

  /** RFC 3966 section 4: separators do not count, parameters do, in any order. */
  @Override
  public boolean equivalent(Uri other) {
    return other instanceof TelUri that
        && digits().equalsIgnoreCase(that.digits())
        && params.size() == that.params.size()
        && params.asList().stream().allMatch(p -> sameIn(p, that.params));
  }

  private static boolean sameIn(Params.Param param, Params others) {
    String value = others.raw(param.name());
    return others.has(param.name())
        && (param.value() == null ? value == null : param.value().equalsIgnoreCase(value));
  }

  @Override
  public String toString() {
    return "tel:" + number + params;
  }
}
