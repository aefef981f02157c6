/**
 * Flows (RFC 5626): how signalling sees the network without touching it. A peer is answered over
 * the flow it came on, never by resolving its Contact. Sockets live in {@code sip.transport}, which
 * implements these.
 */
@NullMarked
package org.drawbridge.sip.flow;

import org.jspecify.annotations.NullMarked;
