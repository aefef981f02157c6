package org.drawbridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.G711;
import org.junit.jupiter.api.Test;

class TwoTracksTest {

  private static final long MILLI = 1_000_000L;
  private static final long START = 77 * MILLI;

  private final TwoTracks tracks = new TwoTracks(8000, START);

  /** 20 ms of one value. */
  private void say(int channel, int ssrc, int timestamp, long atMillis, int value) {
    byte[] payload = new byte[160];
    Arrays.fill(payload, G711.A_LAW.encode((short) value));
    tracks.add(
        new RecordedPacket(channel, START + atMillis * MILLI, ssrc, 8, timestamp, payload),
        AudioCodec.PCMA);
  }

  /** Samples of both channels until a time. */
  private short[][] until(long millis) {
    ByteBuffer out = ByteBuffer.allocate((int) millis * 32);
    assertThat(tracks.drain(START + millis * MILLI, out)).isFalse();
    out.flip();
    short[][] both = new short[2][out.remaining() / 4];
    for (int i = 0; i < both[0].length; i++) {
      both[0][i] = out.getShort();
      both[1][i] = out.getShort();
    }
    return both;
  }

  private static short value(int level) {
    return G711.A_LAW.decode(G711.A_LAW.encode((short) level));
  }

  @Test
  void eachSideIsOnItsChannelAndSilenceIsWhereNothingCame() {
    say(0, 1, 1000, 0, 500);
    say(1, 2, 5000, 10, 900);
    short[][] both = until(50);

    assertThat(both[0]).hasSize(400);
    assertThat(both[0][0]).isEqualTo(value(500));
    assertThat(both[0][159]).isEqualTo(value(500));
    assertThat(both[0][160]).isZero();
    assertThat(both[1][79]).isZero();
    assertThat(both[1][80]).isEqualTo(value(900));
    assertThat(both[1][239]).isEqualTo(value(900));
    assertThat(both[1][240]).isZero();
  }

  @Test
  void jitterAndOrderDoNotMatterSinceTimestampsCount() {
    say(0, 1, 1000, 0, 100);
    say(0, 1, 1320, 95, 300);
    say(0, 1, 1160, 96, 200);
    short[][] both = until(60);
    assertThat(both[0][100]).isEqualTo(value(100));
    assertThat(both[0][200]).isEqualTo(value(200));
    assertThat(both[0][400]).isEqualTo(value(300));
  }

  @Test
  void aTimestampThatJumpsAndANewSourceBeginWhereTheyArrive() {
    say(0, 1, 1000, 0, 100);
    say(0, 1, 900_000, 100, 300);
    say(0, 9, 4, 200, 400);
    short[][] both = until(300);
    assertThat(both[0][800]).isEqualTo(value(300));
    assertThat(both[0][1600]).isEqualTo(value(400));
  }

  @Test
  void whatComesAfterItsPlaceWasWrittenIsLeftOut() {
    say(0, 1, 1000, 0, 100);
    until(200);
    say(0, 1, 1160, 210, 200);
    assertThat(until(100)).isDeepEqualTo(new short[2][0]);
    ByteBuffer rest = ByteBuffer.allocate(8000);
    tracks.drain(START + 240 * MILLI, rest);
    assertThat(Arrays.copyOf(rest.array(), rest.position())).containsOnly(0);
  }

  @Test
  void widebandGoesIntoANarrowRecordingAndBack() {
    TwoTracks wide = new TwoTracks(16_000, START);
    byte[] payload = new byte[160];
    Arrays.fill(payload, G711.A_LAW.encode((short) 1000));
    for (int i = 0; i < 5; i++) {
      wide.add(
          new RecordedPacket(0, START + i * 20 * MILLI, 1, 8, i * 160, payload), AudioCodec.PCMA);
    }
    ByteBuffer out = ByteBuffer.allocate(16_000 / 10 * 4);
    wide.drain(START + 100 * MILLI, out);
    assertThat(out.getShort(800 * 4)).isBetween((short) 950, (short) 1050);
  }
}
