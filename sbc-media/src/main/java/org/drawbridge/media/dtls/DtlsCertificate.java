package org.drawbridge.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
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

/**
 * A self-signed ECDSA P-256 certificate with its key. Peers know it by its fingerprint alone, so
 * its name says nothing and it lives as long as the process. Thread-safe.
 */
public final class DtlsCertificate {

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
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      BcTlsCrypto crypto = curves.crypto(random);
      TlsSigner signer = curves.signer(crypto, pair.getPrivate().getEncoded());
      return new DtlsCertificate(crypto, signer, selfSign(pair, random, now).getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("an ECDSA P-256 certificate can always be made", e);
    }
  }

  private static X509CertificateHolder selfSign(KeyPair pair, SecureRandom random, Instant now)
      throws OperatorCreationException {
    X500Name name = new X500Name("CN=WebRTC");
    return new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, random).setBit(0),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(LIFETIME)),
            name,
            pair.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
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
        new TlsCryptoParameters(context),
        signer,
        chain,
        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
