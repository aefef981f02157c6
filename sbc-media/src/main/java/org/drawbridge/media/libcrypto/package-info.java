/**
 * The few functions of OpenSSL's libcrypto 3 that protect packets (AES in counter mode and GCM,
 * HMAC-SHA1) and those for the curves of handshakes (X25519, P-256), through the foreign function
 * interface. A packet is worked on outside the heap, on a {@link
 * org.drawbridge.media.libcrypto.Workbench} of the thread, and nothing is allocated for it. Where
 * the library is missing, callers use the JDK or BouncyCastle. What works on packets belongs to the
 * thread that uses it; a key of a curve is for any thread.
 */
@NullMarked
package org.drawbridge.media.libcrypto;

import org.jspecify.annotations.NullMarked;
