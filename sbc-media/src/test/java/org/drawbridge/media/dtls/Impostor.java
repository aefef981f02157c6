package org.drawbridge.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.jspecify.annotations.Nullable;

/** A client that shows a certificate whose key it does not have. */
final class Impostor extends DtlsClientPeer {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final DtlsCertificate shown;
  private final DtlsCertificate had;

  Impostor(DtlsCertificate shown, DtlsCertificate had, PeerPolicy policy) {
    super(shown, policy, TIMEOUT_MILLIS);
    this.shown = shown;
    this.had = had;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    TlsAuthentication honest = super.getAuthentication();
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        honest.notifyServerCertificate(server);
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return new Forged(shown.credentials(context), had.credentials(context));
      }
    };
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
