package org.drawbridge.media.dtls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsSigner;

/**
 * Signs one certificate with a key that signs handshakes, ECDSA with SHA-256 (RFC 5758 section
 * 3.2).
 */
final class CertificateSigner implements ContentSigner {

  private final TlsCrypto crypto;
  private final TlsSigner signer;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  CertificateSigner(TlsCrypto crypto, TlsSigner signer) {
    this.crypto = crypto;
    this.signer = signer;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    TlsHash hash = crypto.createHash(CryptoHashAlgorithm.sha256);
    hash.update(content.toByteArray(), 0, content.size());
    try {
      return signer.generateRawSignature(DtlsCertificate.ECDSA_SHA256, hash.calculateHash());
    } catch (IOException e) {
      throw new RuntimeOperatorException("a certificate cannot be signed", e);
    }
  }
}
