package org.drawbridge.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {

  @Test
  void muLawHasTheValuesOfItsTable() {
    assertThat(G711.MU_LAW.decode((byte) 0xFF)).isZero();
    assertThat(G711.MU_LAW.decode((byte) 0x80)).isEqualTo((short) 32124);
    assertThat(G711.MU_LAW.decode((byte) 0x00)).isEqualTo((short) -32124);
    assertThat(G711.MU_LAW.decode((byte) 0x90)).isEqualTo((short) 15996);
    assertThat(G711.MU_LAW.encode((short) 0)).isEqualTo((byte) 0xFF);
    assertThat(G711.MU_LAW.encode(Short.MAX_VALUE)).isEqualTo((byte) 0x80);
    assertThat(G711.MU_LAW.encode(Short.MIN_VALUE)).isEqualTo((byte) 0x00);
  }

  @Test
  void aLawHasTheValuesOfItsTable() {
    assertThat(G711.A_LAW.decode((byte) 0xD5)).isEqualTo((short) 8);
    assertThat(G711.A_LAW.decode((byte) 0x55)).isEqualTo((short) -8);
    assertThat(G711.A_LAW.decode((byte) 0xAA)).isEqualTo((short) 32256);
    assertThat(G711.A_LAW.decode((byte) 0x2A)).isEqualTo((short) -32256);
    assertThat(G711.A_LAW.encode((short) 0)).isEqualTo((byte) 0xD5);
    assertThat(G711.A_LAW.encode(Short.MAX_VALUE)).isEqualTo((byte) 0xAA);
    assertThat(G711.A_LAW.encode(Short.MIN_VALUE)).isEqualTo((byte) 0x2A);
  }

  @Test
  void eachCodeStandsForTheSampleItBecomes() {
    for (int code = 0; code < 256; code++) {
      assertThat(G711.A_LAW.encode(G711.A_LAW.decode((byte) code))).isEqualTo((byte) code);
      if (code != 0x7F) { // minus zero
        assertThat(G711.MU_LAW.encode(G711.MU_LAW.decode((byte) code))).isEqualTo((byte) code);
      }
    }
  }

  @Test
  void eachSampleGetsTheNearestOrNextCode() {
    for (int sample = -32000; sample <= 32000; sample++) {
      int a = G711.A_LAW.decode(G711.A_LAW.encode((short) sample));
      int mu = G711.MU_LAW.decode(G711.MU_LAW.encode((short) sample));
      assertThat(a).isCloseTo(sample, within(8 + Math.abs(sample) / 32 + 1));
      assertThat(mu).isCloseTo(sample, within(8 + Math.abs(sample) / 32 + 1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PCMU", "PCMA"})
  void aToneComesOutAsGoodAsTheLawAllows(AudioCodec codec) {
    short[] tone = Waves.sine(8000, 1004, 8000, 800);
    byte[] payload = new byte[800];
    short[] copy = new short[960];

    int bytes = codec.newEncoder(8000).encode(tone, 0, tone.length, payload, 0);
    int samples = codec.newDecoder(8000).decode(payload, 0, bytes, copy);

    assertThat(samples).isEqualTo(800);
    assertThat(Waves.snr(tone, copy, 0, 0)).isGreaterThan(36);
  }

  @Test
  void aLostPacketIsCoveredWithTheSamePitchAndFades() {
    AudioDecoder decoder = AudioCodec.PCMA.newDecoder(8000);
    short[] tone = Waves.sine(8000, 200, 8000, 320);
    byte[] payload = new byte[320];
    G711.A_LAW.encode(tone, 0, 320, payload, 0);
    short[] pcm = new short[960];
    decoder.decode(payload, 0, 320, pcm);

    decoder.conceal(pcm, 160);
    assertThat(Waves.purity(pcm, 0, 160, 8000, 200)).isGreaterThan(0.9);
    decoder.conceal(pcm, 160);
    decoder.conceal(pcm, 160);
    decoder.conceal(pcm, 160);
    assertThat(pcm).startsWith(new short[160]);
  }

  @Test
  void anOverlongPayloadIsRefused() {
    assertThat(AudioCodec.PCMU.newDecoder(8000).decode(new byte[961], 0, 961, new short[960]))
        .isEqualTo(AudioDecoder.MALFORMED);
  }
}
