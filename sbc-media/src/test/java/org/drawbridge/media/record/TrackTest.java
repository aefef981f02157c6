package org.drawbridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.drawbridge.media.audio.AudioCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one side's packets lie on the time line of a long recording. */
class TrackTest {

  private static final int RATE = 8000;
  private static final int PACKET = 160;
  private static final int HOUR = 3600 * RATE / PACKET;

  private final Track track = new Track(RATE);
  private final Random random = new Random(1);

  private long place(int timestamp, long arrived) {
    return track.place(
        new RecordedPacket(0, 0, 1, 8, timestamp, new byte[PACKET]), AudioCodec.PCMA, arrived);
  }

  @ParameterizedTest
  @ValueSource(ints = {-100, 100})
  void aClockThatDriftsIsFollowedForTwoHoursWithoutAJump(int millionths) {
    long before = -PACKET;
    for (int i = 0; i < 2 * HOUR; i++) {
      long said = (long) i * PACKET;
      long sent = said + said * millionths / 1_000_000;
      long at = place((int) said, sent + random.nextInt(RATE / 50));
      assertThat(at - before).isBetween(PACKET - 1L, PACKET + (i == 0 ? RATE : 1L));
      assertThat(at - sent).as("packet " + i).isBetween(-RATE / 100L, RATE / 40L);
      before = at;
    }
  }

  @Test
  void aWayThatBecomesLongerIsFollowedWithoutAJump() {
    long last = 0;
    for (int i = 0; i < 3000; i++) {
      last = place(i * PACKET, (long) i * PACKET + (i < 1000 ? 0 : RATE / 10));
    }
    assertThat(last).isEqualTo(2999L * PACKET + RATE / 10);
  }

  @Test
  void aFirstPacketThatWasLateIsMadeUpForOnce() {
    long least = Long.MAX_VALUE;
    place(0, RATE / 50);
    for (int i = 1; i < 3000; i++) {
      long at = place(i * PACKET, (long) i * PACKET);
      least = Math.min(least, at - (long) i * PACKET);
    }
    assertThat(least).isZero();
  }
}
