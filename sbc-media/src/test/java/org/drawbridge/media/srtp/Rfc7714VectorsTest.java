package org.drawbridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.srtp.SrtpFixture.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The AES-GCM packets of RFC 7714 sections 16 and 17, whose keys are session keys. */
class Rfc7714VectorsTest {

  private static final byte[] KEY_128 = hex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] KEY_256 =
      hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final byte[] SALT = hex("517569642070726f2071756f");

  private static final byte[] RTP =
      hex(
          "8040f17b8041f8d35501a0b2"
              + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");
  private static final int RTP_SSRC = 0x5501a0b2;
  private static final long RTP_INDEX = 0xf17b;

  private static final byte[] RTCP =
      hex(
          "81c8000d4d6172734e5450314e545032525450200000042a0000e930"
              + "4c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
  private static final int RTCP_SSRC = 0x4d617273;
  private static final long RTCP_INDEX = 0x800005d4L;

  @Test
  void sealsRtpWithAes128() {
    assertSeals(
        new AesGcmCipher(false, KEY_128, SALT),
        RTP,
        12,
        RTP_SSRC,
        RTP_INDEX,
        "8040f17b8041f8d35501a0b2"
            + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
            + "899d7f27beb16a9152cf765ee4390cce");
  }

  @Test
  void sealsRtpWithAes256() {
    assertSeals(
        new AesGcmCipher(false, KEY_256, SALT),
        RTP,
        12,
        RTP_SSRC,
        RTP_INDEX,
        "8040f17b8041f8d35501a0b2"
            + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
            + "7aa3db36dfffd6b0f9bb7878d7a76c13");
  }

  @Test
  void sealsRtcpWithAes128() {
    assertSeals(
        new AesGcmCipher(true, KEY_128, SALT),
        RTCP,
        8,
        RTCP_SSRC,
        RTCP_INDEX,
        "81c8000d4d617273"
            + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
            + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
  }

  private static void assertSeals(
      PacketCipher cipher, byte[] plain, int clear, int ssrc, long index, String expected) {
    byte[] buf = Arrays.copyOf(plain, plain.length + PacketCipher.MAX_OVERHEAD);
    int sealed = cipher.seal(buf, 0, plain.length, clear, ssrc, index);
    assertThat(Arrays.copyOf(buf, sealed)).isEqualTo(hex(expected));
    assertThat(cipher.open(buf, 0, sealed, clear, ssrc, index)).isEqualTo(plain.length);
    assertThat(Arrays.copyOf(buf, plain.length)).isEqualTo(plain);
  }
}
