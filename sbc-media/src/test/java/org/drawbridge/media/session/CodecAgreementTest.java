package org.drawbridge.media.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.media.audio.OpusTerms;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.sdp.Codec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two peers share, and how payload types translate between them. */
class CodecAgreementTest {

  private static final Codec OPUS = new Codec(111, "opus", 48000, 2, "useinbandfec=1");
  private static final Codec PCMU = new Codec(0, "PCMU", 8000, 1, null);
  private static final Codec PCMA = new Codec(8, "PCMA", 8000, 1, null);
  private static final Codec EVENTS = new Codec(101, "telephone-event", 8000, 1, "0-16");

  @Test
  void anAnswerCountsInItsOwnOrderWithoutAdditions() {
    Codec theirs = PCMA.withPayloadType(8);
    List<AgreedCodec> agreed =
        CodecAgreement.accepted(
            List.of(PCMU, PCMA, EVENTS), List.of(theirs, new Codec(3, "GSM", 8000, 1, null), PCMU));
    assertThat(agreed).containsExactly(new AgreedCodec(PCMA, theirs), new AgreedCodec(PCMU, PCMU));
  }

  @Test
  void namesMatchInAnyCase() {
    Codec theirs = new Codec(0, "pcmu", 8000, 1, null);
    assertThat(CodecAgreement.accepted(List.of(PCMU), List.of(theirs))).hasSize(1);
  }

  @Test
  void onlyEventsAreNoMedia() {
    assertThat(CodecAgreement.carriesMedia(List.of(new AgreedCodec(EVENTS, EVENTS)))).isFalse();
    assertThat(CodecAgreement.carriesMedia(List.of(new AgreedCodec(PCMU, PCMU)))).isTrue();
  }

  @Test
  void anAnswerHasTheOfferersTypesAndTheOtherPeersParameters() {
    Codec offered = OPUS.withPayloadType(96);
    Codec other = new Codec(109, "opus", 48000, 2, "stereo=1");
    List<AgreedCodec> answer =
        CodecAgreement.answer(List.of(PCMU, offered), List.of(new AgreedCodec(other, other)));
    assertThat(answer)
        .containsExactly(new AgreedCodec(new Codec(96, "opus", 48000, 2, "stereo=1"), offered));
  }

  @Test
  void feedbackIsAnsweredOnlyWhereOfferedAndTakenByTheOther() {
    Codec offered = OPUS.withFeedback(List.of("nack", "transport-cc"));
    Codec other = OPUS.withFeedback(List.of("nack", "ccm fir"));
    List<AgreedCodec> answer =
        CodecAgreement.answer(List.of(offered), List.of(new AgreedCodec(other, other)));
    assertThat(answer.getFirst().ours().feedback()).containsExactly("nack");
  }

  @Test
  void typesTranslateByFormatAndTheRestIsDropped() {
    PayloadMap map =
        CodecAgreement.payloads(
            List.of(
                new AgreedCodec(OPUS, OPUS),
                new AgreedCodec(EVENTS, EVENTS),
                new AgreedCodec(PCMU, PCMU)),
            List.of(
                new AgreedCodec(PCMU, PCMU),
                new AgreedCodec(EVENTS.withPayloadType(126), EVENTS.withPayloadType(96))));
    assertThat(map.outgoing(101)).isEqualTo(96);
    assertThat(map.outgoing(0)).isZero();
    assertThat(map.outgoing(111)).isEqualTo(-1);
    assertThat(map.clockRate(101)).isEqualTo(8000);
    assertThat(map.clockRate(111)).isEqualTo(48_000);
  }

  @Test
  void keysAndNoiseThatPassAreBesideAudioThatIsTranscoded() {
    Codec noise = new Codec(13, "CN", 8000, 1, null);
    Transcoding how =
        requireNonNull(
            CodecAgreement.transcoding(
                List.of(new AgreedCodec(PCMU, PCMU), new AgreedCodec(noise, noise)),
                List.of(new AgreedCodec(PCMA, PCMA), new AgreedCodec(noise, noise)),
                20,
                new TranscodingLimit(1).seat()));
    assertThat(how.from()).containsOnlyKeys(0);
    assertThat(how.beside()).containsExactly(13);
  }

  @ParameterizedTest
  @CsvSource({"minptime=10;useinbandfec=1,true", "useinbandfec=0,false", ",false"})
  void lostOpusIsRepeatedForWhoeverMakesUseOfThat(@Nullable String fmtp, boolean repeats) {
    Codec opus = new Codec(111, "opus", 48_000, 2, fmtp);
    Codec ours = new Codec(111, "opus", 48_000, 2, "useinbandfec=1");
    Transcoding how =
        requireNonNull(
            CodecAgreement.transcoding(
                List.of(new AgreedCodec(PCMU, PCMU)),
                List.of(new AgreedCodec(ours, opus)),
                20,
                new TranscodingLimit(1).seat()));
    assertThat(how.opus().repeats()).isEqualTo(repeats);
  }

  @ParameterizedTest
  @CsvSource({
    "maxaveragebitrate=16000;cbr=1,16000,-1,true",
    "maxplaybackrate=8000; cbr=0,-1,8000,false",
    "maxaveragebitrate=much,-1,-1,false"
  })
  void opusIsMadeAsThePeerWouldHaveIt(String fmtp, int bitrate, int rate, boolean constant) {
    Codec opus = new Codec(111, "opus", 48_000, 2, fmtp);
    Transcoding how =
        requireNonNull(
            CodecAgreement.transcoding(
                List.of(new AgreedCodec(PCMU, PCMU)),
                List.of(new AgreedCodec(opus, opus)),
                20,
                new TranscodingLimit(1).seat()));
    assertThat(how.opus()).isEqualTo(new OpusTerms(false, bitrate, rate, constant));
  }

  /** Of wideband codecs its payload type is one that was agreed (RFC 3389 section 4). */
  @Test
  void whoHasSentNoiseOfAnyPayloadTypeMayFallSilent() {
    Codec noise = new Codec(118, "CN", 16_000, 1, null);
    Codec speex = new Codec(97, "speex", 16_000, 1, null);
    List<AgreedCodec> codecs =
        List.of(new AgreedCodec(speex, speex), new AgreedCodec(noise, noise));
    PayloadMap map = CodecAgreement.payloads(codecs, codecs);
    assertThat(map.announcesSilence(118, 1)).isTrue();
    assertThat(map.announcesSilence(97, 1)).isFalse();
    assertThat(map.outgoing(118)).isEqualTo(118);
    assertThat(map.clockRate(118)).isEqualTo(16_000);
  }

  @Test
  void aTypeWeAnnouncedOutranksThePeersOwnUseOfIt() {
    PayloadMap map =
        CodecAgreement.payloads(
            List.of(
                new AgreedCodec(OPUS.withPayloadType(96), OPUS.withPayloadType(97)),
                new AgreedCodec(EVENTS.withPayloadType(97), EVENTS.withPayloadType(96))),
            List.of(new AgreedCodec(OPUS, OPUS), new AgreedCodec(EVENTS, EVENTS)));
    assertThat(map.outgoing(96)).isEqualTo(111);
    assertThat(map.outgoing(97)).isEqualTo(101);
  }
}
