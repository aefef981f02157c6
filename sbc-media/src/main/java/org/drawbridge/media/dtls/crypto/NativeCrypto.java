package org.drawbridge.media.dtls.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.drawbridge.media.libcrypto.EcCurve;

/** BouncyCastle's cryptography with X25519 and P-256 by libcrypto. */
final class NativeCrypto extends BcTlsCrypto {

  NativeCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  public TlsECDomain createECDomain(TlsECConfig config) {
    return switch (config.getNamedGroup()) {
      case NamedGroup.x25519 -> () -> new NativeAgreement(this, EcCurve.X25519);
      case NamedGroup.secp256r1 -> () -> new NativeAgreement(this, EcCurve.P_256);
      default -> super.createECDomain(config);
    };
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    return type == CertificateType.X509
        ? new NativeCertificate(this, encoding)
        : super.createCertificate(type, encoding);
  }
}
