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

  private final DtlsCertificate certificate;
  private final PeerPolicy policy;
  private final int timeoutMillis;

  DtlsClientPeer(DtlsCertificate certificate, PeerPolicy policy, int timeoutMillis) {
    super(certificate.crypto());
    this.certificate = certificate;
    this.policy = policy;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return PeerPolicy.clientCipherSuites();
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // The library's signature.
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    TlsSRTPUtils.addUseSRTPExtension(extensions, PeerPolicy.offer());
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's signature.
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    policy.choose(extensions == null ? new Hashtable<>() : extensions);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        policy.checkCertificate(server.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return certificate.credentials(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    policy.export(context);
  }

  @Override
  public void notifyAlertRaised(
      short level, short description, @Nullable String message, @Nullable Throwable cause) {
    policy.onAlert("we sent", level, description);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    policy.onAlert("the peer sent", level, description);
  }

  /** Keys are exported: without it that is not safe (RFC 7627 5.4), and browsers all have it. */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return PeerPolicy.RESEND_MILLIS;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return PeerPolicy.MAX_MESSAGE;
  }

  /** A self-signed certificate is trusted for its fingerprint, however it was signed. */
  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }
}
