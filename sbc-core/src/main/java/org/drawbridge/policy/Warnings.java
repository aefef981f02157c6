package org.drawbridge.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Warning header (RFC 3261 section 20.43), always with a name for us that tells no address. */
public final class Warnings {

  private static final String AGENT = "drawbridge";
  private static final int MAX_TEXT = 200;
  private static final Pattern VALUE =
      Pattern.compile("(\\d{3}) \\S+ \"((?:[^\"\\\\]|\\\\.){0,1000})\".*");

  /**
   * What tells where somebody is: the rest of a SIP URI, IPv4 and IPv6 addresses with their ports.
   */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<=\\bsips?:)[^\\s\",<>]+"
              + "|(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?(?!\\.?\\d)"
              + "|\\[[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,41}(?:%\\w{1,16})?\\](?::\\d{1,5})?"
              + "|(?<![\\w:.])[0-9A-Fa-f:]*::[0-9A-Fa-f:]*(?:\\.\\d{1,3}){0,3}"
              + "|(?<![\\w:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}");

  private Warnings() {}

  /** Our own words under the code for anything else, 399. */
  public static String of(String words) {
    return of("399", words);
  }

  /** The warning of another agent with its name taken off, or null if it is not well formed. */
  public static @Nullable String relayed(String value) {
    Matcher matcher = VALUE.matcher(value);
    return matcher.matches() ? of(matcher.group(1), unescape(matcher.group(2))) : null;
  }

  /** The text of a Warning value, or null if it is not well formed. */
  public static @Nullable String text(String value) {
    Matcher matcher = VALUE.matcher(value);
    return matcher.matches() ? unescape(matcher.group(2)) : null;
  }

  /**
   * A text as a quoted string, without control characters and not too long. Addresses are left out:
   * many servers say theirs in what they refuse with.
   */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    PLACE
        .matcher(text)
        .replaceAll("*")
        .chars()
        .limit(MAX_TEXT)
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\');
              }
              out.append(c < ' ' || c == 0x7f ? ' ' : (char) c);
            });
    return out.append('"').toString();
  }

  private static String of(String code, String text) {
    return code + " " + AGENT + " " + quoted(text);
  }

  private static String unescape(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
