package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {

  private static Tone tone(String text) {
    Tone tone = Tone.parse(text);
    if (tone == null) {
      throw new AssertionError(text);
    }
    return tone;
  }

  @Test
  void aCadenceHasItsTonesAndItsSilence() {
    Clip clip = tone("480+620/500,0/250").cycle(8000);

    assertThat(clip.pcm()).hasSize(6000);
    assertThat(Waves.purity(clip.pcm(), 0, 4000, 8000, 480)).isBetween(0.45, 0.55);
    assertThat(Waves.purity(clip.pcm(), 0, 4000, 8000, 620)).isBetween(0.45, 0.55);
    assertThat(Arrays.copyOfRange(clip.pcm(), 4000, 6000)).containsOnly(0);
  }

  @Test
  void namesStandForCadences() {
    assertThat(tone("busy"))
        .isEqualTo(
            new Tone(List.of(new Tone.Part(List.of(425), 500), new Tone.Part(List.of(), 500))));
    assertThat(tone("Ringback").cycleMillis()).isEqualTo(5000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "engaged",
        "425",
        "425/",
        "/500",
        "425/0",
        "9/100",
        "425/70000",
        "4000/5",
        "1+2/3/4",
        "300+301+302+303+304/100",
        "1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1"
      })
  void allElseIsNoTone(String text) {
    assertThat(Tone.parse(text)).isNull();
  }

  @Test
  void aClipPlaysAsOftenAsIsAskedAndThenEnds() {
    PcmSource twice = new Clip(8000, new short[] {1, 2, 3}).play(2);
    short[] pcm = new short[4];
    assertThat(twice.read(pcm, 4)).isEqualTo(4);
    assertThat(pcm).containsExactly(1, 2, 3, 1);
    assertThat(twice.read(pcm, 4)).isEqualTo(2);
    assertThat(twice.read(pcm, 4)).isZero();

    PcmSource endless = new Clip(8000, new short[] {7}).play(0);
    for (int i = 0; i < 10; i++) {
      assertThat(endless.read(pcm, 4)).isEqualTo(4);
    }
  }
}
