/**
 * SIP trunks: where to reach a carrier or a PBX, and which source addresses count as its own.
 * Immutable, so any thread may use them.
 */
@NullMarked
package org.drawbridge.routing.trunk;

import org.jspecify.annotations.NullMarked;
