package org.drawbridge.routing.config;

/** What becomes of a call whose route service gives no usable answer. */
public enum Fallback {
  /** The targets after it have their turn, or, where there are none, the next routes. */
  NEXT,
  /** It is refused. */
  REJECT
}
