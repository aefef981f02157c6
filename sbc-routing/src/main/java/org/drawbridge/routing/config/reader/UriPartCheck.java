package org.drawbridge.routing.config.reader;

import com.google.re2j.Pattern;
import java.util.function.Function;
import org.drawbridge.routing.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Points out expressions that are written for a whole URI where one part of it is looked at, as in
 * {@code sip:5@example.com} for a number: nothing that comes will match them.
 */
final class UriPartCheck {

  /** Characters to choose from, as in {@code [^@]}, say nothing about the text as a whole. */
  private static final Pattern CHOICE =
      Pattern.compile("\\\\[\\[\\]()]|\\[\\^?\\]?(?:\\[:[^\\]]*:\\]|\\\\.|[^\\]])*\\]");

  /** Nor do groups that may be missing, as in {@code 1001(@.*)?}. */
  private static final Pattern OPTIONAL = Pattern.compile("\\([^()]*\\)(?:[?*]|\\{0,)");

  private static final Pattern GROUP =
      Pattern.compile("\\((?:\\?[a-zA-Z]*:|\\?P?<[^>]*>)?([^()]*)\\)");

  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(?:sips?|tel):");

  /** A host with a port; an IPv6 address has more colons. */
  private static final Pattern PORT = Pattern.compile("[^:]+:[0-9]+");

  private static final String NUMBER =
      "a number or name alone, as in 1001 or +442079460000, without spaces, \"sip:\" and what follows"
          + " an @";

  private UriPartCheck() {}

  /** Reads an expression for the user part of a URI. */
  static <T> @Nullable T number(YamlValue value, Function<YamlValue, @Nullable T> reader) {
    T read = reader.apply(value);
    String needed = read == null ? "" : needed(read.toString());
    if (isNoPart(needed)) {
      // A name may be an e-mail address, with its @ escaped in the URI.
      String how = isWhole(needed) ? "never" : "hardly ever";
      value.warning(
          "\"%s\" looks for what is %s here: %s. The rest is for \"to-domain\" and \"from-domain\""
              .formatted(value.written(), how, NUMBER));
    }
    return read;
  }

  /** Reads an expression for the host of a URI. */
  static <T> @Nullable T domain(YamlValue value, Function<YamlValue, @Nullable T> reader) {
    T read = reader.apply(value);
    String needed = read == null ? "" : needed(read.toString());
    if (isNoPart(needed) || PORT.matches(needed)) {
      value.warning(
          "\"%s\" looks for what is never here: a domain alone, without \"sip:\", user and port"
              .formatted(value.written()));
    }
    return read;
  }

  /** Looks at what a number is made of. */
  static void made(YamlValue value, String text) {
    if (isNoPart(needed(text))) {
      value.warning("\"%s\" makes no number: wanted is %s".formatted(value.written(), NUMBER));
    }
  }

  private static boolean isNoPart(String needed) {
    return isWhole(needed) || needed.contains("@");
  }

  private static boolean isWhole(String needed) {
    return SCHEME.matcher(needed).find() || needed.contains(" ");
  }

  /** What has to be there, from the innermost groups outward. */
  private static String needed(String expression) {
    String text = CHOICE.matcher(expression).replaceAll(".");
    String before = "";
    while (!text.equals(before)) {
      before = text;
      text = GROUP.matcher(OPTIONAL.matcher(text).replaceAll("")).replaceAll("$1");
    }
    return text;
  }
}
