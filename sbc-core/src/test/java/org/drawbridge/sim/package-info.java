/** A whole signalling core in virtual time with scripted peers around it, for tests. */
@NullMarked
package org.drawbridge.sim;

import org.jspecify.annotations.NullMarked;
