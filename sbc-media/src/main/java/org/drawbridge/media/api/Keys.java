package org.drawbridge.media.api;

/** The keys and their event codes (RFC 4733 3.2): 0 to 9, *, #, A to D, and ! for hook flash. */
public final class Keys {

  /** What {@link #event} answers for a character that is no key. */
  public static final int NONE = -1;

  /** The event code of a hook flash, which has no tone. */
  public static final int FLASH = 16;

  private static final String KEYS = "0123456789*#ABCD!";

  private Keys() {}

  /** Whether a received event code is a key; there are events of many other kinds. */
  public static boolean isKey(int event) {
    return event >= 0 && event < KEYS.length();
  }

  /** The key of an event code that {@link #isKey}. */
  public static char key(int event) {
    return KEYS.charAt(event);
  }

  /** The event code of a key, in either case, or {@link #NONE}. */
  public static int event(char key) {
    return KEYS.indexOf(Character.toUpperCase(key));
  }
}
