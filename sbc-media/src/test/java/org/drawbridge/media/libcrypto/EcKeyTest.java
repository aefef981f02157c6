package org.drawbridge.media.libcrypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** libcrypto's curves beside the JDK's. */
class EcKeyTest {

  /** Where the point begins in the DER of a public key of P-256. */
  private static final int POINT_AT = 26;

  private static final byte[] HASH = HexFormat.of().parseHex("5A".repeat(32));

  @BeforeEach
  void needsTheLibrary() {
    Assumptions.assumeTrue(EcKey.AVAILABLE, "libcrypto is not installed");
  }

  private static KeyPair jdkPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] point(KeyPair pair) {
    byte[] der = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(der, POINT_AT, der.length);
  }

  private static EcKey taken(EcCurve curve, byte[] encoded) {
    return Objects.requireNonNull(EcKey.ofPublic(curve, encoded));
  }

  @ParameterizedTest
  @EnumSource(EcCurve.class)
  void twoKeysAgreeOnASecretThatAThirdDoesNotHave(EcCurve curve) {
    EcKey one = EcKey.generate(curve);
    EcKey other = EcKey.generate(curve);
    EcKey third = EcKey.generate(curve);
    byte @Nullable [] secret = one.agree(taken(curve, other.encodedPublic()));
    assertThat(secret).hasSize(32).isEqualTo(other.agree(taken(curve, one.encodedPublic())));
    assertThat(third.agree(taken(curve, one.encodedPublic()))).isNotEqualTo(secret);
  }

  @Test
  void theJdkHasTheSameSecretOnP256() throws Exception {
    EcKey ours = EcKey.generate(EcCurve.P_256);
    KeyPair jdk = jdkPair();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(jdk.getPrivate());
    agreement.doPhase(readByJdk(ours), true);
    assertThat(ours.agree(taken(EcCurve.P_256, point(jdk)))).isEqualTo(agreement.generateSecret());
  }

  /** Our public key as the JDK has it. */
  private static PublicKey readByJdk(EcKey key) throws Exception {
    byte[] point = key.encodedPublic();
    ECPoint place =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
            new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
    ECPublicKey other = (ECPublicKey) jdkPair().getPublic();
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(place, other.getParams()));
  }

  @Test
  void theJdkHasTheSameSecretOnX25519() throws Exception {
    KeyPair jdk = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    EcKey ours = EcKey.generate(EcCurve.X25519);
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(jdk.getPrivate());
    agreement.doPhase(
        KeyFactory.getInstance("X25519")
            .generatePublic(
                new XECPublicKeySpec(
                    NamedParameterSpec.X25519, new BigInteger(1, reversed(ours.encodedPublic())))),
        true);
    BigInteger u = ((XECPublicKey) jdk.getPublic()).getU();
    byte[] encoded = Arrays.copyOf(reversed(u.toByteArray()), 32);
    assertThat(ours.agree(taken(EcCurve.X25519, encoded))).isEqualTo(agreement.generateSecret());
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }

  @Test
  void theJdkVerifiesOurSignature() throws Exception {
    EcKey ours = EcKey.generate(EcCurve.P_256);
    Signature verifier = Signature.getInstance("NONEwithECDSA");
    verifier.initVerify(readByJdk(ours));
    verifier.update(HASH);
    assertThat(verifier.verify(ours.sign(HASH))).isTrue();
  }

  @Test
  void weVerifyTheJdksSignatureAndNoOther() throws Exception {
    KeyPair jdk = jdkPair();
    Signature signer = Signature.getInstance("NONEwithECDSA");
    signer.initSign(jdk.getPrivate());
    signer.update(HASH);
    byte[] signature = signer.sign();
    EcKey key = taken(EcCurve.P_256, point(jdk));
    assertThat(key.verify(HASH, signature)).isTrue();
    assertThat(key.verify(new byte[32], signature)).isFalse();
    assertThat(taken(EcCurve.P_256, point(jdkPair())).verify(HASH, signature)).isFalse();
    for (int length = 0; length < signature.length; length++) {
      assertThat(key.verify(HASH, Arrays.copyOf(signature, length))).isFalse();
    }
    // Zero for both numbers, which a careless verifier takes for any message.
    assertThat(key.verify(HASH, HexFormat.of().parseHex("3006020100020100"))).isFalse();
  }

  @Test
  void aPointThatIsNotOnTheCurveIsRefused() throws Exception {
    for (int at = 1; at < 65; at += 9) {
      byte[] point = point(jdkPair());
      point[at] ^= 1;
      assertThat(EcKey.ofPublic(EcCurve.P_256, point)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 6, 7, 255})
  void onlyTheUncompressedFormIsTaken(int form) throws Exception {
    byte[] point = point(jdkPair());
    point[0] = (byte) form;
    assertThat(EcKey.ofPublic(EcCurve.P_256, point)).isNull();
    assertThat(EcKey.ofPublic(EcCurve.P_256, Arrays.copyOf(point, 33))).isNull();
    assertThat(EcKey.ofPublic(EcCurve.P_256, Arrays.copyOf(point, 1))).isNull();
  }

  @ParameterizedTest
  @EnumSource(EcCurve.class)
  void zerosAndOtherLengthsGiveNoSecret(EcCurve curve) {
    EcKey ours = EcKey.generate(curve);
    for (int length : new int[] {0, 1, 31, 32, 33, 64, 65, 66, 1000}) {
      EcKey peer = EcKey.ofPublic(curve, new byte[length]);
      assertThat(peer == null ? null : ours.agree(peer)).isNull();
    }
  }

  /** Points of small order, from which every private key makes zero (RFC 7748 6.1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void aPointOfSmallOrderGivesNoSecret(String point) {
    EcKey peer = taken(EcCurve.X25519, HexFormat.of().parseHex(point));
    assertThat(EcKey.generate(EcCurve.X25519).agree(peer)).isNull();
  }
}
