package org.drawbridge.media.dtls.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;
import org.drawbridge.media.libcrypto.EcCurve;
import org.drawbridge.media.libcrypto.EcKey;

/** Where X25519 and P-256 of handshakes come from. */
public enum CurveSource {
  /** OpenSSL's library. */
  LIBCRYPTO {
    @Override
    public BcTlsCrypto crypto(SecureRandom random) {
      return new NativeCrypto(random);
    }

    @Override
    public SigningKey newSigningKey(BcTlsCrypto crypto, SecureRandom random) {
      EcKey key = EcKey.generate(EcCurve.P_256);
      return new SigningKey(new NativeSigner(key), key.encodedPublic());
    }
  },
  /** BouncyCastle, which runs everywhere. */
  BOUNCY_CASTLE {
    @Override
    public BcTlsCrypto crypto(SecureRandom random) {
      return new BcTlsCrypto(random);
    }

    @Override
    public SigningKey newSigningKey(BcTlsCrypto crypto, SecureRandom random) {
      ECKeyPairGenerator generator = new ECKeyPairGenerator();
      generator.init(
          new ECKeyGenerationParameters(
              BcTlsECDomain.getDomainParameters(NamedGroup.secp256r1), random));
      AsymmetricCipherKeyPair pair = generator.generateKeyPair();
      ECPublicKeyParameters shown = (ECPublicKeyParameters) pair.getPublic();
      return new SigningKey(
          new BcTlsECDSASigner(crypto, (ECPrivateKeyParameters) pair.getPrivate()),
          shown.getQ().getEncoded(false));
    }
  };

  /** The better one of those that are there. */
  public static CurveSource best() {
    return EcKey.AVAILABLE ? LIBCRYPTO : BOUNCY_CASTLE;
  }

  /** What handshakes compute with. */
  public abstract BcTlsCrypto crypto(SecureRandom random);

  /** A new key of P-256. */
  public abstract SigningKey newSigningKey(BcTlsCrypto crypto, SecureRandom random);
}
