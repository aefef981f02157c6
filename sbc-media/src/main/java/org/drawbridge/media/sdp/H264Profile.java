package org.drawbridge.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * The profile in an H.264 {@code profile-level-id} (RFC 6184 8.1, table 5). Two ends must agree on
 * it; the level behind it each states for itself.
 */
final class H264Profile {

  private static final int HEX_DIGITS = 6;
  private static final String CONSTRAINED_BASELINE = "constrained-baseline";

  private H264Profile() {}

  /**
   * A name that is equal for equal profiles. Without a {@code profile-level-id}, or with one that
   * cannot be read, it is constrained baseline, which every decoder knows.
   */
  static String of(@Nullable String profileLevelId) {
    if (profileLevelId == null || !isHex(profileLevelId)) {
      return CONSTRAINED_BASELINE;
    }
    int profile = Integer.parseInt(profileLevelId, 0, 2, 16);
    int constraints = Integer.parseInt(profileLevelId, 2, 4, 16);
    boolean first = (constraints & 0x80) != 0;
    boolean second = (constraints & 0x40) != 0;
    return switch (profile) {
      case 0x42 -> second ? CONSTRAINED_BASELINE : "baseline";
      case 0x4D -> first ? CONSTRAINED_BASELINE : "main";
      case 0x58 -> first ? (second ? CONSTRAINED_BASELINE : "baseline") : "extended";
      case 0x64 -> (constraints & 0x0C) == 0x0C ? "constrained-high" : "high";
      default -> "profile-" + profile + '-' + constraints;
    };
  }

  private static boolean isHex(String text) {
    return text.length() == HEX_DIGITS
        && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }
}
