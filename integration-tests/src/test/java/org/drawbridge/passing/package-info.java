/** Calls and events that pass through the SBC as a proxy, between parties of other makers. */
@NullMarked
package org.drawbridge.passing;

import org.jspecify.annotations.NullMarked;
