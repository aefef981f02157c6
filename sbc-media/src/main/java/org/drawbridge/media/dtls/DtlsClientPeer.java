package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The DTLS client of one handshake: we start (the peer is {@code setup:passive}). */
class DtlsClientPeer extends DefaultTlsClient {

  private final BouncyCastleTerms terms;

  DtlsClientPeer(BouncyCastleTerms terms) {
    super(terms.own().crypto());
    this.terms = terms;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return BouncyCastleTerms.clientCipherSuites();
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // The library's signature.
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    TlsSRTPUtils.addUseSRTPExtension(extensions, BouncyCastleTerms.offer());
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's signature.
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    terms.choose(extensions);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        terms.checkCertificate(server.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return terms.own().credentials(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    terms.onFinished(context);
  }

  @Override
  public void notifyAlertRaised(
      short level, short description, @Nullable String message, @Nullable Throwable cause) {
    terms.onAlert("we sent", level, description);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    terms.onAlert("the peer sent", level, description);
  }

  /** Keys are exported: without it that is not safe (RFC 7627 5.4), and browsers all have it. */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return terms.timeoutMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return PeerPolicy.RESEND_MILLIS;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return BouncyCastleTerms.MAX_MESSAGE;
  }

  /** A self-signed certificate is trusted for its fingerprint, however it was signed. */
  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }
}
