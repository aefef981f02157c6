package org.drawbridge.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.drawbridge.media.dtls.DtlsHandshakes.Role;

/** Handshakes by BouncyCastle, which are Java alone. Thread-safe. */
final class BouncyCastleHandshaker implements Handshaker {

  static final SignatureAndHashAlgorithm ECDSA_SHA256 =
      new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

  private final BcTlsCrypto crypto;
  private final TlsSigner signer;
  private final Certificate chain;

  BouncyCastleHandshaker(BcTlsCrypto crypto, TlsSigner signer, byte[] der) throws IOException {
    this.crypto = crypto;
    this.signer = signer;
    chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(der)});
  }

  @Override
  public void shake(Role role, PeerPolicy policy, DatagramTransport transport, int timeoutMillis)
      throws IOException {
    BouncyCastleTerms terms = new BouncyCastleTerms(this, policy, timeoutMillis);
    try {
      switch (role) {
        case SERVER ->
            new DTLSServerProtocol()
                .accept(new DtlsServerPeer(terms), new EarlyCipherChange(transport));
        case CLIENT -> new DTLSClientProtocol().connect(new DtlsClientPeer(terms), transport);
      }
    } catch (TlsTimeoutException e) {
      throw (IOException) new InterruptedIOException("the time is over").initCause(e);
    }
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  /** Signs one handshake. */
  TlsCredentialedSigner credentials(TlsContext context) {
    return new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), signer, chain, ECDSA_SHA256);
  }
}
