package org.drawbridge.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.jspecify.annotations.Nullable;

/** A client that shows a certificate whose key it does not have. */
final class Impostor extends OddClient {

  private final BouncyCastleTerms shown;
  private final BouncyCastleTerms had;

  Impostor(BouncyCastleTerms shown, BouncyCastleTerms had) {
    super(shown);
    this.shown = shown;
    this.had = had;
  }

  @Override
  TlsCredentials shown() {
    return new Forged(shown.own().credentials(context), had.own().credentials(context));
  }

  private record Forged(TlsCredentialedSigner shown, TlsCredentialedSigner had)
      implements TlsCredentialedSigner {

    @Override
    public Certificate getCertificate() {
      return shown.getCertificate();
    }

    @Override
    public byte[] generateRawSignature(byte[] hash) throws IOException {
      return had.generateRawSignature(hash);
    }

    @Override
    public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
      return had.getSignatureAndHashAlgorithm();
    }

    @Override
    public @Nullable TlsStreamSigner getStreamSigner() {
      return null;
    }
  }
}
