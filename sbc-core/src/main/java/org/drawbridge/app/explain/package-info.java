/**
 * Where a call would go and why, told without placing it; and how trunks stand, in words. Knows
 * nothing of whether anything runs: it is given that as a {@code TrunkView}.
 */
@NullMarked
package org.drawbridge.app.explain;

import org.jspecify.annotations.NullMarked;
