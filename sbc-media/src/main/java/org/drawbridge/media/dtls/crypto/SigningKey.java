package org.drawbridge.media.dtls.crypto;

import org.bouncycastle.tls.crypto.TlsSigner;

/**
 * A key of P-256 that signs with ECDSA. Any thread.
 *
 * @param signer signs hashes; signatures are in DER
 * @param publicPoint the public key, uncompressed (RFC 5480 section 2.2); not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record SigningKey(TlsSigner signer, byte[] publicPoint) {}
