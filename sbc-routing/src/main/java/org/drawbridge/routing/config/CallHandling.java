package org.drawbridge.routing.config;

/**
 * How calls of a route are carried.
 *
 * @param media the way of their media
 */
public record CallHandling(MediaPath media) {

  /** What a route without a word about it does. */
  public static final CallHandling STANDARD = new CallHandling(MediaPath.RELAY);
}
