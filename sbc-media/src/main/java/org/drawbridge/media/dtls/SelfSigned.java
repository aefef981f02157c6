package org.drawbridge.media.dtls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Makes certificates on P-256, signed by their own keys (ECDSA with SHA-256, RFC 5758 3.2). */
final class SelfSigned {

  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final X500Name NAME = new X500Name("CN=WebRTC");
  private static final AlgorithmIdentifier CURVE =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

  /** Signs a hash; the signature is in DER. */
  interface HashSigner {
    byte[] sign(byte[] hash) throws IOException;
  }

  private SelfSigned() {}

  /**
   * A certificate in DER.
   *
   * @param publicPoint the public key, uncompressed (RFC 5480 2.2)
   * @param now its validity starts a day earlier, for peers whose clock is behind
   */
  static byte[] certificate(
      byte[] publicPoint, HashSigner signer, SecureRandom random, Instant now) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            NAME,
            new BigInteger(64, random).setBit(0),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(LIFETIME)),
            NAME,
            new SubjectPublicKeyInfo(CURVE, publicPoint));
    try {
      return builder.build(new Signing(signer)).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("an ECDSA P-256 certificate can always be made", e);
    }
  }

  private record Signing(HashSigner signer, ByteArrayOutputStream content)
      implements ContentSigner {

    Signing(HashSigner signer) {
      this(signer, new ByteArrayOutputStream());
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
      try {
        return signer.sign(Fingerprint.hash("SHA-256", content.toByteArray()));
      } catch (IOException e) {
        throw new RuntimeOperatorException("a certificate cannot be signed", e);
      }
    }
  }
}
