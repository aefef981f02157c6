/**
 * Conditions of a route beside who calls whom: where a request comes from and over what, what it
 * says and offers, when it comes. Immutable values that any thread may ask.
 */
@NullMarked
package org.drawbridge.routing.condition;

import org.jspecify.annotations.NullMarked;
