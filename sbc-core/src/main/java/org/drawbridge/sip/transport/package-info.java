/**
 * The Netty edge: sockets in, flows out (RFC 3261 section 18, RFC 5626, RFC 5923, RFC 7118).
 * Everything here runs on Netty's I/O threads, delivers whole messages to a {@link
 * org.drawbridge.sip.flow.FlowSink} and knows nothing of transactions.
 */
@NullMarked
package org.drawbridge.sip.transport;

import org.jspecify.annotations.NullMarked;
