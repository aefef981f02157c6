/**
 * What a route changes of the requests it sends on beside caller and callee: headers (RFC 3261
 * section 20) and privacy (RFC 3323). Immutable values that any thread may use.
 */
@NullMarked
package org.drawbridge.routing.change;

import org.jspecify.annotations.NullMarked;
