package org.drawbridge.media.dtls.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
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
    public TlsSigner signer(BcTlsCrypto crypto, byte[] privateKey) {
      return new NativeSigner(EcKey.ofPrivate(privateKey));
    }
  },
  /** BouncyCastle, which runs everywhere. */
  BOUNCY_CASTLE {
    @Override
    public BcTlsCrypto crypto(SecureRandom random) {
      return new BcTlsCrypto(random);
    }

    @Override
    public TlsSigner signer(BcTlsCrypto crypto, byte[] privateKey) throws IOException {
      return new BcTlsECDSASigner(
          crypto, (ECPrivateKeyParameters) PrivateKeyFactory.createKey(privateKey));
    }
  };

  /** The better one of those that are there. */
  public static CurveSource best() {
    return EcKey.AVAILABLE ? LIBCRYPTO : BOUNCY_CASTLE;
  }

  /** What handshakes compute with. */
  public abstract BcTlsCrypto crypto(SecureRandom random);

  /**
   * Signs with a private key of P-256 in PKCS #8.
   *
   * @throws IOException when it is not one
   */
  public abstract TlsSigner signer(BcTlsCrypto crypto, byte[] privateKey) throws IOException;
}
