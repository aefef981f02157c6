package org.drawbridge.routing.change;

/** Whether others learn who calls (RFC 3323, RFC 3325). */
public enum Privacy {
  /** As the caller wishes. */
  CALLER,
  /** They do not, whatever the caller says; trunks that are trusted with it still do. */
  ID,
  /** They do, whatever the caller says. */
  NONE
}
