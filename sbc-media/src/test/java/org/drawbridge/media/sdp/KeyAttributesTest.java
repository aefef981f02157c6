package org.drawbridge.media.sdp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.sample;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crypto lines and fingerprints: taken only when they can be honoured. */
class KeyAttributesTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[30]);

  @Test
  void readsTheSuitesWeCarryInOrder() {
    assertThat(media(sample("linphone-sdes")).cryptos())
        .extracting(Crypto::tag, Crypto::suite)
        .containsExactly(
            tuple(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80),
            tuple(2, CryptoSuite.AES_CM_128_HMAC_SHA1_32),
            tuple(3, CryptoSuite.AEAD_AES_256_GCM));
  }

  @Test
  void ignoresLifetimeAndWindowHints() {
    Crypto crypto = Crypto.parse("4 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^31 WSH=64");
    assertThat(crypto).isEqualTo(new Crypto(4, CryptoSuite.AES_CM_128_HMAC_SHA1_80, KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 AES_CM_128_HMAC_SHA1_80",
        "x AES_CM_128_HMAC_SHA1_80 inline:KEY",
        "1 F8_128_HMAC_SHA1_80 inline:KEY",
        "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA",
        "1 AES_CM_128_HMAC_SHA1_80 inline:!!!",
        "1 AES_CM_128_HMAC_SHA1_80 inline:",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:0",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:129",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|256:1",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|-1:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4|2^20",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4|1:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|never",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:KEY|1:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:KEY|2:2",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:KEY",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:AAAA|2:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY;inline:KEY",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP",
        "1 AEAD_AES_128_GCM inline:KEY"
      })
  void takesNoCryptoItCannotHonour(String value) {
    assertThat(Crypto.parse(value.replace("KEY", KEY))).isNull();
  }

  @Test
  void readsKeysThatAreToldApartByTheirMkis() {
    String value =
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4;inline:KEY|4294967295:4".replace("KEY", KEY);
    Crypto crypto = requireNonNull(Crypto.parse(value));
    assertThat(crypto.keys())
        .extracting(InlineKey::mkiBytes)
        .containsExactly(new byte[] {0, 0, 0, 1}, new byte[] {-1, -1, -1, -1});
    assertThat(crypto.line().value()).isEqualTo("crypto:" + value.replace("|2^20", ""));
    assertThat(crypto + "" + crypto.keys()).doesNotContain(KEY);
  }

  @Test
  void readsTheLongestMki() {
    String most = BigInteger.TWO.pow(1024).subtract(BigInteger.ONE).toString();
    String inline = "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|";
    Mki mki = requireNonNull(requireNonNull(Crypto.parse(inline + most + ":128")).mki());
    assertThat(mki.bytes()).hasSize(128).containsOnly(-1);
    assertThat(Crypto.parse(inline + "1" + most + ":128")).isNull();
  }

  @Test
  void neverPrintsKeys() {
    Crypto crypto = new Crypto(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80, KEY);
    assertThat(crypto.toString()).doesNotContain(KEY);
    assertThat(crypto.line().value()).endsWith("inline:" + KEY);
  }

  @Test
  void prefersSha256AmongFingerprints() {
    String sha1 = "AA:".repeat(19) + "BB";
    String sha256 = "cc:".repeat(31) + "dd";
    Fingerprint best =
        media(
                "v=0\r\nm=audio 9 RTP/SAVPF 0\r\na=fingerprint:sha-1 "
                    + sha1
                    + "\r\na=fingerprint:SHA-256 "
                    + sha256
                    + "\r\n")
            .fingerprint();
    assertThat(best).isEqualTo(new Fingerprint("sha-256", sha256.toUpperCase(Locale.ROOT)));
  }

  @Test
  void takesAllFingerprintsOfTheBestHash() {
    String first = "AA:".repeat(31) + "01";
    String second = "BB:".repeat(31) + "02";
    String line = "a=fingerprint:sha-256 ";
    String text = "v=0\r\nm=audio 9 RTP/SAVPF 0\r\n" + line + first + "\r\n" + line + second;
    assertThat(media(text).fingerprint())
        .isEqualTo(new Fingerprint("sha-256", Set.of(first, second)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha-256", "sha-256 AA:BB", "md5 AA", "sha-1 XX", "sha-256 A A"})
  void takesNoBrokenFingerprint(String value) {
    assertThat(Fingerprint.parse(value)).isNull();
  }
}
