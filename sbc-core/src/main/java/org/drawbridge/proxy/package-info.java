/**
 * What passes through without becoming a call of ours: calls of routes that say {@code mode: proxy}
 * (RFC 3261 section 16), as they are; and requests outside dialogs such as MESSAGE (RFC 3428), with
 * the topology hidden as it is for calls. Used on the signalling loop that owns the Call-ID.
 */
@NullMarked
package org.drawbridge.proxy;

import org.jspecify.annotations.NullMarked;
