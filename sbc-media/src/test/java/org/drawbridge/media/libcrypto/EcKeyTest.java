package org.drawbridge.media.libcrypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** libcrypto's keys beside the JDK's. */
class EcKeyTest {

  private static final byte[] HASH = HexFormat.of().parseHex("5A".repeat(32));

  @BeforeEach
  void needsTheLibrary() {
    Assumptions.assumeTrue(Libcrypto.AVAILABLE, "libcrypto is not installed");
  }

  /** Our public key as the JDK has it. */
  private static PublicKey readByJdk(EcKey key) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    ECPublicKey other = (ECPublicKey) generator.generateKeyPair().getPublic();
    byte[] point = key.publicPoint();
    assertThat(point).hasSize(65).startsWith(4);
    ECPoint place =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
            new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(place, other.getParams()));
  }

  private static boolean verifies(EcKey key, byte[] signature) throws Exception {
    Signature verifier = Signature.getInstance("NONEwithECDSA");
    verifier.initVerify(readByJdk(key));
    verifier.update(HASH);
    return verifier.verify(signature);
  }

  @Test
  void theJdkVerifiesASignatureByItsOwnKeyAndNoOther() throws Exception {
    EcKey ours = EcKey.generate();
    byte[] signature = ours.sign(HASH);
    assertThat(verifies(ours, signature)).isTrue();
    assertThat(verifies(EcKey.generate(), signature)).isFalse();
  }
}
