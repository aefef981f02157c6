package org.drawbridge.media.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.drawbridge.media.api.AnswerOutcome;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.media.api.SdpOutcome;
import org.drawbridge.media.sdp.SdpParser;
import org.drawbridge.media.sdp.SdpResult;

/** Whatever the text: an offer is refused with a reason, or answered and offered onward in form. */
public final class OfferFuzz {

  private OfferFuzz() {}

  /** One description. */
  public static void fuzzerTestOneInput(byte[] data) {
    String offer = new String(data, UTF_8);
    MediaFixture media = new MediaFixture();
    MediaLeg leg = media.leg("peer", media.engine.kindOf(offer));
    switch (leg.receiveOffer(offer)) {
      case SdpOutcome.Refused(int status, String reason) -> {
        assertThat(status).isBetween(400, 499);
        assertThat(reason).isNotBlank();
      }
      case SdpOutcome.Accepted _ -> {
        for (LegKind kind : LegKind.values()) {
          readable(media.leg("other", kind).makeOffer(leg));
        }
        if (leg.makeAnswer(null) instanceof AnswerOutcome.Answer(String text)) {
          readable(text);
        }
      }
    }
    MediaLeg offering = media.leg("offering", media.engine.kindOf(offer));
    offering.makeOffer(null);
    offering.receiveAnswer(offer);
  }

  private static void readable(String text) {
    assertThat(SdpParser.parse(text)).isInstanceOf(SdpResult.Parsed.class);
  }
}
