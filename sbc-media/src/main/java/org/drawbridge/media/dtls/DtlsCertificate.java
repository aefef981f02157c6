package org.drawbridge.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.drawbridge.media.dtls.crypto.CurveSource;
import org.drawbridge.media.dtls.crypto.SigningKey;

/**
 * A self-signed ECDSA P-256 certificate with its key. Peers know it by its fingerprint alone, so
 * its name says nothing and it lives as long as the process. Thread-safe.
 */
public final class DtlsCertificate {

  static final SignatureAndHashAlgorithm ECDSA_SHA256 =
      new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

  private static final Duration LIFETIME = Duration.ofDays(3650);

  private final BcTlsCrypto crypto;
  private final TlsSigner signer;
  private final Certificate chain;
  private final Fingerprint fingerprint;

  private DtlsCertificate(BcTlsCrypto crypto, TlsSigner signer, byte[] der) throws IOException {
    this.crypto = crypto;
    this.signer = signer;
    chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(der)});
    fingerprint = Fingerprint.sha256(der);
  }

  /**
   * Makes a certificate.
   *
   * @param now its validity starts a day earlier, for peers whose clock is behind
   */
  public static DtlsCertificate generate(SecureRandom random, Instant now) {
    return generate(random, now, CurveSource.best());
  }

  /** The same, where others than the best curves are wanted. */
  static DtlsCertificate generate(SecureRandom random, Instant now, CurveSource curves) {
    BcTlsCrypto crypto = curves.crypto(random);
    SigningKey key = curves.newSigningKey(crypto, random);
    try {
      return new DtlsCertificate(
          crypto, key.signer(), selfSign(crypto, key, random, now).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("an ECDSA P-256 certificate can always be made", e);
    }
  }

  private static X509CertificateHolder selfSign(
      BcTlsCrypto crypto, SigningKey key, SecureRandom random, Instant now) {
    X500Name name = new X500Name("CN=WebRTC");
    AlgorithmIdentifier curve =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    return new X509v3CertificateBuilder(
            name,
            new BigInteger(64, random).setBit(0),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(LIFETIME)),
            name,
            new SubjectPublicKeyInfo(curve, key.publicPoint()))
        .build(new CertificateSigner(crypto, key.signer()));
  }

  /** The SHA-256 fingerprint for descriptions. */
  public Fingerprint fingerprint() {
    return fingerprint;
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
