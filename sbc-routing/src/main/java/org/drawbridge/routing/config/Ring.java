package org.drawbridge.routing.config;

/** In which order accounts that are called together ring. */
public enum Ring {
  /** All at once. */
  ALL,
  /** One after the other, as they are listed. */
  IN_TURN,
  /** One after the other, with each call beginning at the next one. */
  ROUND_ROBIN,
  /** One after the other in an order drawn anew for each call. */
  RANDOM
}
