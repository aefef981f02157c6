/**
 * What handshakes compute. BouncyCastle does all of it but the two curves that browsers use, which
 * libcrypto does where it is there: they are most of the work of a handshake, and the JDK is slower
 * at them than BouncyCastle. Any thread.
 */
@NullMarked
package org.drawbridge.media.dtls.crypto;

import org.jspecify.annotations.NullMarked;
