package org.drawbridge.media.dtls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.drawbridge.media.libcrypto.EcKey;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sources agree with one another and refuse the same. */
class CurveSourceTest {

  private final SecureRandom random = new SecureRandom();

  @BeforeEach
  void needsTheLibrary() {
    Assumptions.assumeTrue(EcKey.AVAILABLE, "libcrypto is not installed");
  }

  private TlsAgreement agreement(CurveSource source, int group) {
    return source.crypto(random).createECDomain(new TlsECConfig(group)).createECDH();
  }

  @ParameterizedTest
  @CsvSource({
    NamedGroup.x25519 + ",LIBCRYPTO",
    NamedGroup.secp256r1 + ",LIBCRYPTO",
    NamedGroup.secp384r1 + ",LIBCRYPTO",
    NamedGroup.x25519 + ",BOUNCY_CASTLE",
    NamedGroup.secp256r1 + ",BOUNCY_CASTLE"
  })
  void secretsAreTheSame(int group, CurveSource source) throws Exception {
    TlsAgreement one = agreement(source, group);
    TlsAgreement other = agreement(CurveSource.BOUNCY_CASTLE, group);
    byte[] ofOne = one.generateEphemeral();
    other.receivePeerValue(ofOne);
    one.receivePeerValue(other.generateEphemeral());
    TlsSecret secret = one.calculateSecret();
    assertThat(secret.extract()).isNotEmpty().isEqualTo(other.calculateSecret().extract());
  }

  @ParameterizedTest
  @CsvSource({
    NamedGroup.x25519 + ",LIBCRYPTO,32",
    NamedGroup.x25519 + ",LIBCRYPTO,31",
    NamedGroup.x25519 + ",LIBCRYPTO,0",
    NamedGroup.secp256r1 + ",LIBCRYPTO,65",
    NamedGroup.secp256r1 + ",LIBCRYPTO,1",
    NamedGroup.secp256r1 + ",LIBCRYPTO,0",
    NamedGroup.x25519 + ",BOUNCY_CASTLE,32",
    NamedGroup.secp256r1 + ",BOUNCY_CASTLE,65",
    NamedGroup.secp256r1 + ",BOUNCY_CASTLE,1"
  })
  void aValueOfZerosIsAnsweredWithAnAlert(int group, CurveSource source, int length)
      throws Exception {
    TlsAgreement agreement = agreement(source, group);
    agreement.generateEphemeral();
    assertThatThrownBy(
            () -> {
              agreement.receivePeerValue(new byte[length]);
              agreement.calculateSecret();
            })
        .isInstanceOf(TlsFatalAlert.class);
  }
}
