package org.drawbridge.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** A client that shows what it should not. */
abstract class OddClient extends DtlsClientPeer {

  OddClient(BouncyCastleTerms terms) {
    super(terms);
  }

  /** What it shows; null for nothing. */
  abstract @Nullable TlsCredentials shown();

  @Override
  public final TlsAuthentication getAuthentication() {
    TlsAuthentication honest = super.getAuthentication();
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        honest.notifyServerCertificate(server);
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        return shown();
      }
    };
  }
}
