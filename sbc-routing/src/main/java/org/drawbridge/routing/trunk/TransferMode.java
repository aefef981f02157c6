package org.drawbridge.routing.trunk;

/** What becomes of a REFER inside a call (RFC 3515). */
public enum TransferMode {
  /** We call the target on behalf of who asks, and join it with the party that remains. */
  HANDLE,
  /** The other side gets the REFER and calls the target itself, through us. */
  PASS,
  /** It is refused. */
  REFUSE
}
