package org.drawbridge.media.sdp;

import java.util.regex.Pattern;

/** Splits values at runs of white space, which RFC 8866 wants single and peers do not. */
final class Words {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Words() {}

  /** All words of a value. */
  static String[] of(String value) {
    return SPACES.split(value.strip());
  }

  /** The first word of a value, then the rest if there is one. */
  static String[] head(String value) {
    return SPACES.split(value.strip(), 2);
  }
}
