package org.drawbridge.routing.config;

/** Which way the media of a call takes. */
public enum MediaPath {
  /** Through our relay, which bridges what the sides cannot do alike and hides them. */
  RELAY,
  /** Straight between the two sides, which see each other's media addresses. */
  DIRECT
}
