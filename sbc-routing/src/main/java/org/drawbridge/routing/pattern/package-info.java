/**
 * Matching and rewriting of numbers and names by anchored regular expressions (RE2, linear time).
 * Immutable, so any thread may use them.
 */
@NullMarked
package org.drawbridge.routing.pattern;

import org.jspecify.annotations.NullMarked;
