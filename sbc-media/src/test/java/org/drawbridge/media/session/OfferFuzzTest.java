package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.media.sdp.SdpSamples.parsed;

import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.sdp.SdpMutations;
import org.drawbridge.media.sdp.SdpSamples;
import org.drawbridge.media.sdp.SessionDescription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A spoilt offer is refused with a reason or answered in form; it never throws. */
class OfferFuzzTest {

  private static final int ROUNDS = 300;

  @ParameterizedTest
  @MethodSource("org.drawbridge.media.sdp.SdpSamples#names")
  void everyOfferIsRefusedOrAnswered(String name) {
    SdpMutations mutations = new SdpMutations(31L * name.hashCode());
    int answered = 0;
    for (int i = 0; i < ROUNDS; i++) {
      MediaFixture media = new MediaFixture();
      String offer = mutations.mutate(SdpSamples.sample(name));
      LegKind kind = media.engine.kindOf(offer);
      MediaLeg leg = media.leg("peer", kind);
      switch (leg.receiveOffer(offer)) {
        case SdpOutcome.Refused refused -> {
          assertThat(refused.status()).isIn(400, 488);
          assertThat(refused.reason()).isNotBlank();
        }
        case SdpOutcome.Accepted accepted -> {
          answered++;
          exchange(media, leg, offer);
        }
      }
    }
    assertThat(answered).as("offers that were answered").isGreaterThan(ROUNDS / 10);
  }

  private static void exchange(MediaFixture media, MediaLeg leg, String offer) {
    for (LegKind kind : LegKind.values()) {
      SessionDescription onward = parsed(media.leg("other", kind).makeOffer(leg));
      assertThat(onward.media()).hasSizeBetween(1, 2);
      assertThat(onward.media().getFirst().codecs()).isNotEmpty();
    }
    switch (leg.makeAnswer(null)) {
      case AnswerOutcome.Refused refused -> assertThat(refused.status()).isEqualTo(488);
      case AnswerOutcome.Answer(String text) -> {
        SessionDescription answer = parsed(text);
        assertThat(answer.media()).hasSameSizeAs(parsed(offer).media());
        assertThat(answer.media().stream().filter(line -> line.port() != 0)).hasSize(1);
        assertThat(leg.isRefresh(offer)).isTrue();
        parsed(leg.makeOffer(null));
      }
    }
  }
}
