/**
 * The grammar of the headers that are not needed to match and route a message: Authorization,
 * Session-Expires, Refer-To and others. Immutable values, any thread; what does not parse is a
 * value as well.
 */
@NullMarked
package org.drawbridge.sip.grammar;

import org.jspecify.annotations.NullMarked;
