package org.drawbridge.limit;

/** What came of asking the limits. */
public sealed interface Entry {

  /** The call may go on, and holds this. */
  record Granted(Hold hold) implements Entry {}

  /** A limit is in the way; nothing is held. */
  record Denied(Refusal refusal) implements Entry {}
}
