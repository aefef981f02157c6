/**
 * Subscriptions between others (RFC 6665): a SUBSCRIBE is routed as a call is, and the dialogs it
 * makes are relayed as those of a call are, each side seeing only us. Used on the signalling loop
 * that owns the SUBSCRIBE's Call-ID; the dialogs toward notifiers have Call-IDs of the same loop.
 */
@NullMarked
package org.drawbridge.proxy.subscription;

import org.jspecify.annotations.NullMarked;
