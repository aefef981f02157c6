/**
 * How much somebody may use: calls at once, new calls a second, minutes a day. Only what the
 * operator has written; who counts is elsewhere. Immutable, so any thread may use it.
 */
@NullMarked
package org.drawbridge.routing.limit;

import org.jspecify.annotations.NullMarked;
