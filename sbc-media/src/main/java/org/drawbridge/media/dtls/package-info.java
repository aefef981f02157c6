/**
 * DTLS 1.2 handshakes that key SRTP (RFC 5763, RFC 5764). The library's handshake blocks, so each
 * runs on a virtual thread of its own, fed from a media loop through a bounded pipe; its outcome is
 * handed back as a value.
 */
@NullMarked
package org.drawbridge.media.dtls;

import org.jspecify.annotations.NullMarked;
