package org.drawbridge.media.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.media;
import static org.drawbridge.media.sdp.SdpSamples.sample;
import static org.drawbridge.media.session.MediaFixture.accepts;
import static org.drawbridge.media.session.MediaFixture.answer;
import static org.drawbridge.media.session.MediaFixture.mediaLines;
import static org.drawbridge.media.session.MediaFixture.phone;
import static org.drawbridge.media.session.MediaFixture.transport;

import java.util.Base64;
import java.util.List;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.plane.SdesKeys;
import org.drawbridge.media.sdp.Crypto;
import org.drawbridge.media.sdp.CryptoSuite;
import org.drawbridge.media.srtp.MasterKey;
import org.drawbridge.media.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that key SRTP by a=crypto (RFC 4568). */
class SdesTest {

  private static final String LINPHONE = sample("linphone-sdes");

  private final MediaFixture media = new MediaFixture();
  private final MediaLeg leg = media.leg("phone", LegKind.SDES);

  private static String secure(String crypto) {
    return phone("sendrecv", "0 PCMU/8000").replace("RTP/AVP", "RTP/SAVP")
        + ("a=crypto:" + crypto + "\r\n");
  }

  private static String key(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  private static SdesKeys keys(MediaLeg leg) {
    @Nullable SdesKeys keys = transport(leg).remote().sdes();
    if (keys == null) {
      throw new AssertionError("no keys");
    }
    return keys;
  }

  @Test
  void answersTheFirstUsableLineWithItsTagAndAKeyOfOurs() {
    accepts(leg.receiveOffer(LINPHONE));
    String text = answer(leg, null);
    List<Crypto> ours = media(text).cryptos();
    Crypto theirs = media(LINPHONE).cryptos().getFirst();
    assertThat(ours).hasSize(1);
    assertThat(ours.getFirst().tag()).isEqualTo(1);
    assertThat(ours.getFirst().suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    assertThat(ours.getFirst().key()).isNotEqualTo(theirs.key());
    assertThat(keys(leg).suite()).isEqualTo("AES_CM_128_HMAC_SHA1_80");
    assertThat(keys(leg).local()).isEqualTo(ours.getFirst().keyBytes());
    assertThat(keys(leg).remote()).isEqualTo(theirs.keyBytes());
    assertThat(mediaLines(text))
        .containsExactly("m=audio 20000 RTP/SAVP 0 8 101", "m=video 0 RTP/SAVP 97");
  }

  @ParameterizedTest
  @CsvSource({
    "AES_CM_128_HMAC_SHA1_80, 30",
    "AES_CM_128_HMAC_SHA1_32, 30",
    "AES_192_CM_HMAC_SHA1_80, 38",
    "AES_192_CM_HMAC_SHA1_32, 38",
    "AES_256_CM_HMAC_SHA1_80, 46",
    "AES_256_CM_HMAC_SHA1_32, 46",
    "AES_CM_256_HMAC_SHA1_80, 46",
    "AES_CM_256_HMAC_SHA1_32, 46",
    "AES_CM_192_HMAC_SHA1_80, 38",
    "AES_CM_192_HMAC_SHA1_32, 38",
    "AEAD_AES_128_GCM, 28",
    "AEAD_AES_256_GCM, 44"
  })
  void takesEachSuiteThatIsOffered(String suite, int bytes) {
    accepts(leg.receiveOffer(secure("7 " + suite + " inline:" + key(bytes))));
    assertThat(answer(leg, null)).contains("a=crypto:7 " + suite + " inline:");
    assertThat(keys(leg).local()).hasSize(bytes);
    SrtpProfile profile = requireNonNull(SrtpProfile.ofSuite(keys(leg).suite()));
    assertThat(profile.masterLength()).isEqualTo(bytes);
  }

  @Test
  void offersCommonSuitesFirstAndEachWithAKeyOfItsOwn() {
    List<Crypto> offered = media(leg.makeOffer(null)).cryptos();
    assertThat(offered)
        .extracting(Crypto::suite)
        .containsExactly(
            CryptoSuite.AES_CM_128_HMAC_SHA1_80,
            CryptoSuite.AES_CM_128_HMAC_SHA1_32,
            CryptoSuite.AES_256_CM_HMAC_SHA1_80,
            CryptoSuite.AEAD_AES_256_GCM);
    assertThat(offered).extracting(Crypto::key).doesNotHaveDuplicates();
    accepts(leg.receiveAnswer(secure("2 AES_CM_128_HMAC_SHA1_32 inline:" + key(30))));
    assertThat(keys(leg).suite()).isEqualTo("AES_CM_128_HMAC_SHA1_32");
    assertThat(keys(leg).local()).isEqualTo(offered.get(1).keyBytes());
  }

  @Test
  void keepsItsKeysForTheLegsLife() {
    accepts(leg.receiveOffer(LINPHONE));
    String first = answer(leg, null);
    accepts(leg.receiveOffer(LINPHONE.replace("m=audio 7078", "m=audio 7080")));
    assertThat(answer(leg, null)).isEqualTo(first);
    assertThat(media(leg.makeOffer(null)).cryptos().getFirst().key())
        .isEqualTo(media(first).cryptos().getFirst().key());
  }

  @Test
  void aSuiteThatWasGivenUpComesBackWithAnotherKey() {
    String one = secure("1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30));
    String other = secure("1 AES_256_CM_HMAC_SHA1_80 inline:" + key(46));
    accepts(leg.receiveOffer(one));
    answer(leg, null);
    byte[] first = keys(leg).local();
    accepts(leg.receiveOffer(other));
    answer(leg, null);
    accepts(leg.receiveOffer(one));
    Crypto again = media(answer(leg, null)).cryptos().getFirst();
    assertThat(keys(leg).local()).isEqualTo(again.keyBytes()).isNotEqualTo(first);
  }

  @Test
  void twoLegsHaveDifferentKeys() {
    MediaLeg other = media.leg("other", LegKind.SDES);
    assertThat(media(leg.makeOffer(null)).cryptos().getFirst().key())
        .isNotEqualTo(media(other.makeOffer(null)).cryptos().getFirst().key());
  }

  @Test
  void refusesWhatWouldBeSilence() {
    String clear = secure("1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30) + " UNENCRYPTED_SRTP");
    assertThat(leg.receiveOffer(clear))
        .isEqualTo(new SdpOutcome.Refused(488, "no a=crypto line we can use"));
    leg.makeOffer(null);
    assertThat(leg.receiveAnswer(phone("sendrecv", "0 PCMU/8000")))
        .isInstanceOf(SdpOutcome.Refused.class);
    assertThat(leg.receiveAnswer(secure("4 AEAD_AES_128_GCM inline:" + key(28))))
        .isInstanceOf(SdpOutcome.Refused.class);
    assertThat(leg.isNegotiated()).isFalse();
  }

  @Test
  void answersAnMkiWithTheSameOnAKeyOfOursAndKeepsIt() {
    String inline = "AES_CM_128_HMAC_SHA1_80 inline:" + key(30);
    accepts(leg.receiveOffer(secure("1 " + inline + "|2^31|1:4;inline:" + key(30) + "|2:4")));
    Crypto ours = media(answer(leg, null)).cryptos().getFirst();
    assertThat(ours.mki()).hasToString("1:4");
    assertThat(keys(leg).ours().mki()).containsExactly(0, 0, 0, 1);
    assertThat(keys(leg).theirs())
        .extracting(MasterKey::mki)
        .containsExactly(new byte[] {0, 0, 0, 1}, new byte[] {0, 0, 0, 2});

    accepts(leg.receiveOffer(secure("1 " + inline)));
    assertThat(media(answer(leg, null)).cryptos()).containsExactly(ours);
    assertThat(keys(leg).theirs()).extracting(MasterKey::mki).containsExactly(new byte[0]);
  }

  @Test
  void whatWeOfferHasNoMkiThoughTheAnswerMay() {
    assertThat(media(leg.makeOffer(null)).cryptos()).allMatch(crypto -> crypto.mki() == null);
    accepts(leg.receiveAnswer(secure("1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30) + "|7:1")));
    assertThat(keys(leg).ours().mki()).isEmpty();
    assertThat(keys(leg).theirs()).extracting(MasterKey::mki).containsExactly(new byte[] {7});
  }

  @Test
  void whoAsksForPlainRtpInACallGetsItAndNewKeysOnceItEncryptsAgain() {
    String secure = secure("1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30));
    accepts(leg.receiveOffer(secure));
    String first = media(answer(leg, null)).cryptos().getFirst().key();

    accepts(leg.receiveOffer(phone("sendrecv", "0 PCMU/8000")));
    assertThat(answer(leg, null)).contains("m=audio 20000 RTP/AVP 0").doesNotContain("a=crypto");
    assertThat(transport(leg).remote().sdes()).isNull();
    assertThat(leg.kind()).isEqualTo(LegKind.RTP);
    assertThat(leg.makeOffer(null)).contains(" RTP/AVP ").doesNotContain("a=crypto");
    leg.rollback();

    accepts(leg.receiveOffer(secure));
    assertThat(media(answer(leg, null)).cryptos().getFirst().key()).isNotEqualTo(first);
    assertThat(leg.kind()).isEqualTo(LegKind.SDES);
  }

  @Test
  void whoAsksForSrtpInACallGetsIt() {
    MediaLeg plain = media.leg("plain", LegKind.RTP);
    plain.makeOffer(null);
    accepts(plain.receiveAnswer(phone("sendrecv", "0 PCMU/8000")));

    accepts(plain.receiveOffer(secure("1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30))));
    assertThat(answer(plain, null)).contains(" RTP/SAVP 0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 ");
    assertThat(keys(plain).remote()).hasSize(30);
    assertThat(plain.makeOffer(null)).contains(" RTP/SAVP ", "a=crypto:");
  }

  @Test
  void ofTwoLinesTheOneIsTakenWhoseKeysWeCanUse() {
    String unusable =
        "m=audio 4002 RTP/SAVP 0\r\na=rtpmap:0 PCMU/8000\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:"
            + (key(30) + "\r\nm=audio");
    String both = phone("sendrecv", "0 PCMU/8000").replaceFirst("m=audio", unusable);
    MediaLeg phone = media.leg("both", LegKinds.of(both));
    accepts(phone.receiveOffer(both));
    assertThat(mediaLines(answer(phone, null)).getFirst()).startsWith("m=audio 0 RTP/SAVP");
    assertThat(transport(phone).remote().sdes()).isNull();
  }

  @Test
  void keysBesideAProfileOfPlainRtpAreLeftAlone() {
    String plain = phone("sendrecv", "0 PCMU/8000");
    MediaLeg phone = media.leg("plain", LegKind.RTP);
    accepts(phone.receiveOffer(plain + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key(30)));
    assertThat(answer(phone, null)).contains(" RTP/AVP 0").doesNotContain("a=crypto");
  }
}
