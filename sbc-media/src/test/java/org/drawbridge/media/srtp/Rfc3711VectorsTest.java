package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.srtp.SrtpFixture.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Appendix B of RFC 3711, and one whole packet under the keys of B.3. */
class Rfc3711VectorsTest {

  private static final byte[] MASTER =
      hex("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6");

  @Test
  void derivesTheSessionKeysOfAppendixB3() {
    KeyDerivation kdf = new KeyDerivation(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER);
    assertThat(kdf.derive(KeyDerivation.RTP_CIPHER, 16))
        .isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(kdf.derive(KeyDerivation.RTP_SALT, 14))
        .isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(kdf.derive(KeyDerivation.RTP_AUTH, 20))
        .isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  @Test
  void makesTheKeystreamOfAppendixB2() {
    byte[] salt = hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD");
    AesCmCipher cipher =
        new AesCmCipher(false, hex("2B7E151628AED2A6ABF7158809CF4F3C"), new byte[20], salt, 10);
    byte[] zeros = new byte[48 + PacketCipher.MAX_OVERHEAD];
    cipher.seal(zeros, 0, 48, 0, 0, 0);
    assertThat(Arrays.copyOf(zeros, 48))
        .isEqualTo(
            hex(
                "E03EAD0935C95E80E166B16DD92B4EB4"
                    + "D23513162B02D0F72A43A2FE4A5F97AB"
                    + "41E95B3BB0A2E8DD477901E4FCA894C0"));
  }

  @Test
  void protectsAWholePacket() {
    byte[] plain = hex("800f1234decafbadcafebabe abababababababababababababababab");
    SrtpKeys keys = new SrtpKeys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER, MASTER);
    byte[] buf = Arrays.copyOf(plain, plain.length + SrtpSender.MAX_OVERHEAD);
    SrtpSender sender = new SrtpSender(keys);
    assertThat(sender.protectRtp(buf, 0, plain.length)).isEqualTo(SrtpResult.OK);
    assertThat(Arrays.copyOf(buf, sender.length()))
        .isEqualTo(
            hex(
                "800f1234decafbadcafebabe"
                    + "4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb"));
  }
}
