/**
 * What carriers charge by number prefix, read from a price list and asked for the cheapest first.
 * Immutable once read, so any thread may ask.
 */
@NullMarked
package org.drawbridge.routing.price;

import org.jspecify.annotations.NullMarked;
