package org.drawbridge.reach;

/**
 * Bounds of one loop's calls and subscriptions.
 *
 * @param calls calls at once, those of emergency routes included; one more is answered 503
 * @param branches contacts of an account tried at once
 * @param subscriptions subscriptions relayed at once, those being asked for included, of which one
 *     account may have a tenth; one more is answered 503
 * @param leftGraceMillis how long a call outlives a WebSocket that its page closed in order, ms
 * @param lostGraceMillis how long it outlives any other flow that is gone, ms
 */
public record CallLimits(
    int calls, int branches, int subscriptions, long leftGraceMillis, long lostGraceMillis) {

  /** 10,000 calls a loop, ten branches, 50,000 subscriptions, 5 s and 32 s. */
  public static final CallLimits DEFAULTS = new CallLimits(10_000, 10, 50_000, 5_000, 32_000);
}
