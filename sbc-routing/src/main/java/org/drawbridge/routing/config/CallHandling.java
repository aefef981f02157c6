package org.drawbridge.routing.config;

/**
 * How calls of a route are carried.
 *
 * @param mode what stands between the two sides
 * @param media the way of their media
 */
public record CallHandling(CallMode mode, MediaPath media) {

  /** What a route without a word about it does. */
  public static final CallHandling STANDARD = new CallHandling(CallMode.B2BUA, MediaPath.RELAY);
}
