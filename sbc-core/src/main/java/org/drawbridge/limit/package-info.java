/**
 * Counts calls against the limits of trunks, accounts, groups and all together. One {@link
 * org.drawbridge.limit.Meter} counts for all signalling loops; what a call has of it is released
 * exactly once. Time comes from an injected clock. {@code Meter} and {@code Meters} are
 * thread-safe, the rest belongs to one call and its loop.
 */
@NullMarked
package org.drawbridge.limit;

import org.jspecify.annotations.NullMarked;
