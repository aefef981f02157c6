/**
 * The small values a configuration is made of: addresses, port ranges, networks, transports,
 * secrets. Immutable, so any thread may use them; parsing never resolves a name.
 */
@NullMarked
package org.drawbridge.routing.value;

import org.jspecify.annotations.NullMarked;
