package org.drawbridge.media.dtls.crypto;

import java.io.IOException;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.drawbridge.media.libcrypto.EcCurve;
import org.drawbridge.media.libcrypto.EcKey;
import org.jspecify.annotations.Nullable;

/** A certificate whose key, if it is one of P-256, verifies by libcrypto. */
final class NativeCertificate extends BcTlsCertificate {

  NativeCertificate(BcTlsCrypto crypto, byte[] encoding) throws IOException {
    super(crypto, encoding);
  }

  @Override
  public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
    EcKey key = signatureAlgorithm == SignatureAlgorithm.ecdsa ? key() : null;
    if (key == null) {
      return super.createVerifier(signatureAlgorithm);
    }
    validateKeyUsage(KeyUsage.digitalSignature);
    return new Verifier(key);
  }

  /** Null if it is of another kind, or no point on the curve: the library says what is wrong. */
  private @Nullable EcKey key() {
    SubjectPublicKeyInfo info = getSubjectPublicKeyInfo();
    boolean ours =
        X9ObjectIdentifiers.id_ecPublicKey.equals(info.getAlgorithm().getAlgorithm())
            && SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters());
    return ours ? EcKey.ofPublic(EcCurve.P_256, info.getPublicKeyData().getBytes()) : null;
  }

  private record Verifier(EcKey key) implements TlsVerifier {

    @Override
    public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) {
      return signed.getAlgorithm() != null
          && signed.getAlgorithm().getSignature() == SignatureAlgorithm.ecdsa
          && key.verify(hash, signed.getSignature());
    }

    @Override
    public @Nullable TlsStreamVerifier getStreamVerifier(DigitallySigned signed) {
      return null;
    }
  }
}
