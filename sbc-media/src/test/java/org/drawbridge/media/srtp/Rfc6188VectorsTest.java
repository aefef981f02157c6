package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 6188 section 7: counter mode with long keys. */
final class Rfc6188VectorsTest {

  private static final byte[] SALT = hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] keystream(String key) {
    AesCmCipher cipher = new AesCmCipher(false, hex(key), new byte[20], SALT, 10);
    byte[] zeros = new byte[48 + PacketCipher.MAX_OVERHEAD];
    cipher.seal(zeros, 0, 48, 0, 0, 0);
    return Arrays.copyOf(zeros, 48);
  }

  @Test
  void makesTheKeystreamOfAes192() {
    assertThat(keystream("eab234764e517b2d3d160d587d8c86219740f65f99b6bcf7"))
        .isEqualTo(
            hex(
                "35096cba4610028dc1b57503804ce37c"
                    + "5de986291dcce161d5165ec4568f5c9a"
                    + "474a40c77894bc17180202272a4c264d"));
  }

  @Test
  void makesTheKeystreamOfAes256() {
    assertThat(keystream("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98"))
        .isEqualTo(
            hex(
                "92bdd28a93c3f52511c677d08b5515a4"
                    + "9da71b2378a854f67050756ded165bac"
                    + "63c4868b7096d88421b563b8c94c9a31"));
  }

  @Test
  void derivesTheSessionKeysOfAes256() {
    byte[] master =
        hex(
            "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"
                + "3b04803de51ee7c96423ab5b78d2");
    KeyDerivation kdf = new KeyDerivation(SrtpProfile.AES_256_CM_HMAC_SHA1_80, master);
    assertThat(kdf.derive(KeyDerivation.RTP_CIPHER, 32))
        .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
    assertThat(kdf.derive(KeyDerivation.RTP_SALT, 14))
        .isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
    assertThat(kdf.derive(KeyDerivation.RTP_AUTH, 20))
        .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
  }

  @Test
  void derivesTheSessionKeysOfAes192() {
    byte[] master =
        hex(
            "73edc66c4fa15776fb57f9505c171365"
                + "50ffda71f3e8e5f1"
                + "c8522f3acd4ce86d5add78edbb11");
    KeyDerivation kdf = new KeyDerivation(SrtpProfile.AES_192_CM_HMAC_SHA1_80, master);
    assertThat(kdf.derive(KeyDerivation.RTP_CIPHER, 24))
        .isEqualTo(hex("31874736a8f1143870c26e4857d8a5b2c4a354407faadabb"));
    assertThat(kdf.derive(KeyDerivation.RTP_SALT, 14))
        .isEqualTo(hex("2372b82d639b6d8503a47adc0a6c"));
    assertThat(kdf.derive(KeyDerivation.RTP_AUTH, 20))
        .isEqualTo(hex("355b10973cd95b9eacf4061c7e1a7151e7cfbfcb"));
  }
}
