package org.drawbridge.media.dtls.crypto;

import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.drawbridge.media.libcrypto.EcKey;
import org.jspecify.annotations.Nullable;

/** Signs hashes with a key of P-256 by libcrypto. Any thread. */
record NativeSigner(EcKey key) implements TlsSigner {

  @Override
  public byte[] generateRawSignature(@Nullable SignatureAndHashAlgorithm algorithm, byte[] hash) {
    return key.sign(hash);
  }

  @Override
  public @Nullable TlsStreamSigner getStreamSigner(@Nullable SignatureAndHashAlgorithm algorithm) {
    return null;
  }
}
