/**
 * Requests outside dialogs that go on to others: MESSAGE (RFC 3428), forked to the contacts of an
 * account or sent to a trunk (RFC 3261 section 16), with the topology hidden as it is for calls.
 * Used on the signalling loop that owns the request's Call-ID.
 */
@NullMarked
package org.drawbridge.proxy;

import org.jspecify.annotations.NullMarked;
