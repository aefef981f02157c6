/**
 * RTP and RTCP packets where they lie in a buffer (RFC 3550), sequence arithmetic and reception
 * statistics. Static accessors and small loop-owned state; nothing is allocated per packet.
 */
@NullMarked
package org.drawbridge.media.rtp;

import org.jspecify.annotations.NullMarked;
