package org.drawbridge.routing.rule;

import java.time.InstantSource;
import java.util.function.IntUnaryOperator;

/**
 * What routes look at beside the request.
 *
 * @param groups who belongs to which group
 * @param clock what time it is
 * @param dice gives a number from 0 to below its argument, each as likely; asked by any thread
 */
public record Surroundings(AccountGroups groups, InstantSource clock, IntUnaryOperator dice) {}
