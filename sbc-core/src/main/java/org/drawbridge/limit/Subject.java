package org.drawbridge.limit;

import org.drawbridge.routing.limit.Limits;

/**
 * Someone whose calls are limited.
 *
 * @param label how its refusals call it
 * @param usualAnswer the status of a refusal where the operator has chosen none
 */
record Subject(Meter meter, Limits limits, String label, int usualAnswer) {

  static final int FORBIDDEN = 403;
  static final int BUSY = 486;
  static final int UNAVAILABLE = 503;

  Refusal refusal(LimitKind kind) {
    int usual = kind.isForbidden() ? FORBIDDEN : usualAnswer;
    int status = limits.answer() == 0 ? usual : limits.answer();
    return new Refusal(status, label + " " + kind.words(limits));
  }
}
