package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.drawbridge.media.rtp.Seq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundStreamTest {

  private static final int CLOCK = 8000;
  private static final long FRAME_NANOS = 20_000_000;
  private static final int FRAME = 160;

  private final OutboundStream stream = new OutboundStream(0x5BC, 1234L << 16 | 100);
  private long now = 5_000_000_000L;

  private boolean place(int ssrc, int seq, int timestamp) {
    boolean placed = stream.place(ssrc, seq & 0xFFFF, timestamp, CLOCK, now);
    if (placed) {
      stream.sent(160);
    }
    now += FRAME_NANOS;
    return placed;
  }

  private void run(int ssrc, int firstSeq, int firstTimestamp, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(place(ssrc, firstSeq + i, firstTimestamp + FRAME * i)).isTrue();
    }
  }

  @Test
  void keepsGapsAndOrderOfOneSource() {
    run(1, 65_530, 0, 1);
    int first = stream.seq();
    assertThat(stream.isNewSource()).isTrue();
    place(1, 65_533, 3 * FRAME);
    assertThat(Seq.distance(first, stream.seq())).isEqualTo(3);
    assertThat(stream.isNewSource()).isFalse();
    place(1, 65_532, 2 * FRAME);
    assertThat(Seq.distance(first, stream.seq())).isEqualTo(2);
    place(1, 1, 7 * FRAME);
    assertThat(Seq.distance(first, stream.seq())).isEqualTo(7);
  }

  @Test
  void aNewSourceFollowsOnWithTheTimeThatPassed() {
    run(1, 100, 8000, 10);
    int seq = stream.seq();
    int timestamp = stream.timestamp();
    now += 500_000_000 - FRAME_NANOS;
    place(2, 40_000, 999_999);
    assertThat(stream.isNewSource()).isTrue();
    assertThat(stream.seq()).isEqualTo(seq + 1);
    assertThat(stream.timestamp()).isEqualTo(timestamp + CLOCK / 2);
    assertThat(stream.toOutTimestamp(999_999)).isEqualTo(stream.timestamp());
    assertThat(stream.toSourceSeq(stream.seq())).isEqualTo(40_000);
  }

  @Test
  void stragglersOfTheSourceJustLeftAreDropped() {
    run(1, 100, 0, 10);
    run(2, 500, 0, 1);
    assertThat(place(1, 110, 0)).isFalse();
    run(2, 501, FRAME, 20);
    assertThat(place(1, 111, 0)).as("nor is it heard beside the one that follows").isFalse();
    now += 200_000_000;
    assertThat(place(1, 112, 0)).as("the source is back").isTrue();
  }

  /** Gateways send keys under an SSRC of their own while the audio under theirs goes on. */
  @Test
  void aKeyBesideAudioThatGoesOnStaysOneKey() {
    run(1, 100, 0, 10);
    List<Integer> timestamps = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      assertThat(place(2, 500 + i, 77_000)).isTrue();
      timestamps.add(stream.timestamp());
      assertThat(place(1, 110 + i, FRAME * (10 + i))).isFalse();
    }
    assertThat(timestamps).as("of one event").containsOnly(timestamps.getFirst());
    now += 200_000_000;
    assertThat(place(1, 170, FRAME * 70)).as("the key is up").isTrue();
  }

  @Test
  void packetsFromBeforeTheAnchorDoNotRepeatNumbers() {
    run(1, 100, 0, 10);
    run(2, 500, 0, 1);
    assertThat(place(2, 499, 0)).isFalse();
    assertThat(place(2, 501, FRAME)).isTrue();
  }

  @Test
  void oneStrayNumberIsNoiseTwoInSequenceAreARestart() {
    run(1, 100, 0, 10);
    int seq = stream.seq();
    assertThat(place(1, 20_000, 0)).isFalse();
    run(1, 110, 10 * FRAME, 1);
    assertThat(place(1, 30_000, 0)).isFalse();
    assertThat(place(1, 30_001, 0)).isTrue();
    assertThat(stream.seq()).isEqualTo(seq + 2);
    assertThat(stream.isNewSource()).isTrue();
  }

  @Test
  void aDetachedStreamAnchorsAnewThoughTheSsrcIsTheSame() {
    run(1, 100, 0, 10);
    int seq = stream.seq();
    stream.detach();
    assertThat(stream.carries(1)).isFalse();
    run(1, 60, 0, 1);
    assertThat(stream.seq()).isEqualTo(seq + 1);
  }

  @Test
  void aPacketThatIsLeftOutIsNotMissedThoseLostBesideItAre() {
    run(1, 65_533, 0, 2);
    int seq = stream.seq();
    stream.leaveOut(1, 65_535);
    stream.leaveOut(2, 7);
    run(1, 0, 3 * FRAME, 1);
    assertThat(Seq.distance(seq, stream.seq())).isEqualTo(1);
    assertThat(stream.toSourceSeq(stream.seq())).isZero();

    stream.leaveOut(1, 2);
    run(1, 3, 6 * FRAME, 1);
    assertThat(Seq.distance(seq, stream.seq())).as("1 is lost").isEqualTo(3);
    assertThat(place(1, 1, 4 * FRAME)).as("too late").isFalse();
    stream.leaveOut(1, 2);
    run(1, 4, 7 * FRAME, 1);
    assertThat(Seq.distance(seq, stream.seq())).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noNumberIsEverUsedTwiceWhateverSourcesDo(long seed) {
    Random random = new Random(seed);
    Map<Long, Integer> used = new HashMap<>();
    long highest = -1;
    int ssrc = 1;
    int seq = 0;
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(200) == 0) {
        ssrc = random.nextInt(4);
        seq = random.nextInt(65_536);
      }
      seq++;
      if (random.nextInt(20) == 0) {
        stream.leaveOut(ssrc, seq & 0xFFFF);
        continue;
      }
      for (int arriving : shuffled(random, seq)) {
        boolean isNew = sendsNew(ssrc, arriving);
        if (!isNew) {
          continue;
        }
        highest = highest < 0 ? stream.seq() : Math.max(highest, Seq.extend(highest, stream.seq()));
        long number = Seq.extend(highest, stream.seq());
        // A source may repeat its own packet; two packets never share a number.
        int packet = ssrc << 16 | arriving & 0xFFFF;
        assertThat(used.getOrDefault(number, packet)).isEqualTo(packet);
        used.put(number, packet);
      }
    }
    assertThat(highest).isGreaterThan(10_000);
  }

  private boolean sendsNew(int ssrc, int seq) {
    return place(ssrc, seq, seq * FRAME);
  }

  private static List<Integer> shuffled(Random random, int seq) {
    List<Integer> arriving = new ArrayList<>(List.of(seq));
    if (random.nextInt(10) == 0) {
      arriving.add(seq - random.nextInt(5));
    }
    return arriving;
  }
}
