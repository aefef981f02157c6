/**
 * Signalling loops: single threads that own calls, transactions and timers, so that nothing on a
 * message path takes a lock. A call and all its legs live on one loop, chosen by Call-ID.
 */
@NullMarked
package org.drawbridge.loop;

import org.jspecify.annotations.NullMarked;
