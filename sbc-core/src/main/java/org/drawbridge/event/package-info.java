/**
 * The notifier's side of event packages (RFC 6665): subscriptions to what this server knows itself.
 * A {@link Notifier} belongs to one signalling loop, that of the Call-IDs of its subscriptions; an
 * {@link EventSource} is shared by all loops.
 */
@NullMarked
package org.drawbridge.event;

import org.jspecify.annotations.NullMarked;
