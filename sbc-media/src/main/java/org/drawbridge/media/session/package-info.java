/**
 * Offer and answer (RFC 3264, RFC 8829) for each leg of a call, and the implementation of {@code
 * org.drawbridge.media.api} over the media plane. What a peer says is read into values; what we say
 * is composed afresh from what both sides agreed, so that nothing of one peer's description reaches
 * the other unless it is named here. Runs on the signalling loop that opened the session.
 */
@NullMarked
package org.drawbridge.media.session;

import org.jspecify.annotations.NullMarked;
