package org.drawbridge.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The DTLS server of one handshake: the peer starts ({@code setup:active}). */
final class DtlsServerPeer extends DefaultTlsServer {

  private final DtlsCertificate certificate;
  private final PeerPolicy policy;
  private final int timeoutMillis;
  private @Nullable UseSRTPData chosen;

  DtlsServerPeer(DtlsCertificate certificate, PeerPolicy policy, int timeoutMillis) {
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
    return PeerPolicy.cipherSuites();
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return certificate.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(
        types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's signature.
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    chosen = policy.choose(extensions == null ? new Hashtable<>() : extensions);
  }

  @Override
  @SuppressWarnings("rawtypes") // The library's signature.
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    TlsSRTPUtils.addUseSRTPExtension(extensions, chosen);
    return extensions;
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    policy.checkCertificate(clientCertificate);
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
