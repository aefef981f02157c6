package org.drawbridge.routing.config;

import java.time.Duration;

/**
 * Timers of a call.
 *
 * @param ringTimeout longest wait at one target for its final answer, where the route names none
 * @param sessionExpires session interval we ask for (RFC 4028)
 * @param minSe shortest session interval we take; a shorter one is answered 422
 */
public record CallConfig(Duration ringTimeout, Duration sessionExpires, Duration minSe) {}
