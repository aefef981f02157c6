/**
 * Routing: the routes of the configuration compiled to an immutable table that answers where a
 * request goes. Pure and without time; any thread may ask.
 */
@NullMarked
package org.drawbridge.routing.rule;

import org.jspecify.annotations.NullMarked;
