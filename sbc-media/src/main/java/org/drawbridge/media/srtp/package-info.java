/**
 * SRTP and SRTCP in place over byte arrays (RFC 3711, RFC 7714). Contexts are owned by one media
 * loop; each packet goes length, replay, authenticate, decrypt, commit, and a bad packet is an enum
 * value.
 */
@NullMarked
package org.drawbridge.media.srtp;

import org.jspecify.annotations.NullMarked;
