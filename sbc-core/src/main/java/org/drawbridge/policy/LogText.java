package org.drawbridge.policy;

/** What peers wrote, fit for a line of the log. Any thread. */
public final class LogText {

  /**
   * Longest text on why a call failed, in characters: each of a dozen phones has its part in it.
   */
  private static final int REASONS = 1200;

  private static final int VALUE = 300;

  private LogText() {}

  /** A value; what a peer wrote must not begin a line of its own, nor end the value. */
  public static String of(Object value) {
    return of(value, VALUE);
  }

  /** Why something failed, of all that had a part in it. */
  public static String ofReasons(String reasons) {
    return of(reasons, REASONS);
  }

  private static String of(Object value, int longest) {
    String text = value.toString();
    StringBuilder out = new StringBuilder(text.length());
    text.chars().limit(longest).forEach(c -> out.append(c < ' ' || c == 0x7f ? '?' : (char) c));
    return out.toString().replace('"', '\'');
  }
}
