package org.drawbridge.media.session;

import java.util.Locale;
import org.drawbridge.media.sdp.MediaDescription;

/** The kinds of media a leg carries, at most one {@code m=} line of each; others are rejected. */
enum MediaType {
  AUDIO("audio"),
  VIDEO("video");

  private final String type;

  MediaType(String type) {
    this.type = type;
  }

  /** How the {@code m=} line calls it. */
  String type() {
    return type;
  }

  /** Whether this is such media over RTP of any profile. */
  boolean is(MediaDescription media) {
    return media.type().equals(type) && media.protocol().toUpperCase(Locale.ROOT).contains("RTP/");
  }
}
