package org.drawbridge.media.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import org.apache.logging.log4j.LogManager;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;
import org.drawbridge.media.libcrypto.EcKey;
import org.drawbridge.media.libssl.Libssl;

/** Who does handshakes, and makes the keys of their certificates. */
enum DtlsLibrary {
  /** OpenSSL's library, which takes half the time. */
  LIBSSL {
    @Override
    DtlsCertificate certificate(SecureRandom random, Instant now) {
      EcKey key = EcKey.generate();
      byte[] der = SelfSigned.certificate(key.publicPoint(), key::sign, random, now);
      return new DtlsCertificate(der, new LibsslHandshaker(key, der, System::nanoTime));
    }
  },
  /** BouncyCastle, which runs everywhere. */
  BOUNCY_CASTLE {
    @Override
    DtlsCertificate certificate(SecureRandom random, Instant now) {
      BcTlsCrypto crypto = new BcTlsCrypto(random);
      ECKeyPairGenerator generator = new ECKeyPairGenerator();
      generator.init(
          new ECKeyGenerationParameters(
              BcTlsECDomain.getDomainParameters(NamedGroup.secp256r1), random));
      AsymmetricCipherKeyPair pair = generator.generateKeyPair();
      byte[] point = ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
      TlsSigner signer = new BcTlsECDSASigner(crypto, (ECPrivateKeyParameters) pair.getPrivate());
      try {
        byte[] der =
            SelfSigned.certificate(
                point,
                hash -> signer.generateRawSignature(BouncyCastleHandshaker.ECDSA_SHA256, hash),
                random,
                now);
        return new DtlsCertificate(der, new BouncyCastleHandshaker(crypto, signer, der));
      } catch (IOException e) {
        throw new IllegalStateException("an ECDSA P-256 certificate can always be read", e);
      }
    }
  };

  /**
   * A certificate of the better one that is there and can: some systems forbid OpenSSL curves that
   * browsers want.
   */
  static DtlsCertificate best(SecureRandom random, Instant now) {
    if (Libssl.AVAILABLE) {
      try {
        return LIBSSL.certificate(random, now);
      } catch (IllegalStateException e) {
        LogManager.getLogger(DtlsLibrary.class)
            .warn("DTLS by BouncyCastle, since OpenSSL refuses to: {}", e.toString());
      }
    }
    return BOUNCY_CASTLE.certificate(random, now);
  }

  /** A new self-signed certificate whose handshakes are done by this. */
  abstract DtlsCertificate certificate(SecureRandom random, Instant now);
}
