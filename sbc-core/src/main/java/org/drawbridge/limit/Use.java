package org.drawbridge.limit;

/** What a side of a call takes of a meter. */
enum Use {
  /** A place, a new call and its minutes: a call that somebody makes or a trunk is sent. */
  PAID,
  /** A place and a new call: one that a trunk sends us. */
  UNPAID,
  /** A place only: a call that an account gets. */
  PLACE
}
