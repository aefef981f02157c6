package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.drawbridge.media.api.Dtmf;
import org.drawbridge.media.api.LegKind;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.sdp.Codec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTermsTest {

  private static List<AgreedCodec> agreed(Codec... codecs) {
    return List.of(codecs).stream().map(codec -> new AgreedCodec(codec, codec)).toList();
  }

  /** As a trunk that takes and sends keys as tones does, whatever the codec. */
  @ParameterizedTest
  @EnumSource(
      value = Dtmf.class,
      names = {"AUTO", "INBAND"})
  void whoHasNoEventsTakesAndSendsTonesInG722Too(Dtmf dtmf) {
    List<AgreedCodec> wide = agreed(new Codec(9, "G722", 8000, 1, null));
    List<AgreedCodec> browser =
        agreed(
            new Codec(111, "opus", 48_000, 2, null),
            new Codec(110, "telephone-event", 48_000, 1, "0-16"));
    KeyTerms trunk = new KeyTerms(dtmf, LegKind.RTP);

    assertThat(trunk.form(wide)).isEqualTo(new KeyForm.Tones(9, AudioCodec.G722));
    assertThat(trunk.takesInMedia(wide)).isTrue();
    KeyRoute route = trunk.toward(new KeyTerms(Dtmf.AUTO, LegKind.WEBRTC), wide, browser);
    assertThat(route.tones()).containsEntry(9, AudioCodec.G722);
    assertThat(route.to()).isEqualTo(new KeyForm.Events(110, 48_000));
  }
}
