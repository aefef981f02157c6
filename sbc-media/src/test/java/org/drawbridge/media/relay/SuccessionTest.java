package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.OpusTerms;
import org.drawbridge.media.net.Packets;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.plane.Transcoding;
import org.drawbridge.media.plane.TranscodingLimit;
import org.drawbridge.media.rtp.Bytes;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that sends several sources at once is heard as one, in the call's codec or in another. */
class SuccessionTest {

  private static final int PCMU = 0;
  private static final int PCMA = 8;
  private static final int KEY = 101;
  private static final int FRAME = 160;

  private final LegPair pair = new LegPair(false);
  private final Map<Integer, Integer> said = new HashMap<>();

  private void join(boolean transcoded) {
    PayloadMap same = PayloadMap.of(Map.of(PCMU, PCMU), Map.of(PCMU, 8000));
    PayloadMap other = PayloadMap.of(Map.of(), Map.of(PCMU, 8000));
    TranscodingLimit.Seat seat = new TranscodingLimit(1).seat();
    Map<Integer, AudioCodec> from = Map.of(PCMU, AudioCodec.PCMU);
    other.transcoding(
        new Transcoding(from, Set.of(), AudioCodec.PCMA, PCMA, 20, OpusTerms.REPEATING, seat));
    pair.join(transcoded ? other : same, PayloadMap.of(Map.of()));
  }

  /** 20 ms of each, whose samples tell which it is; those that are heard. */
  private List<Integer> heard(int... sources) {
    List<Integer> heard = new ArrayList<>();
    for (int source : sources) {
      int number = said.merge(source, 1, Integer::sum);
      byte[] packet = new byte[RtpView.HEADER + FRAME];
      RtpView.write(packet, PCMU, 1000 * source + number, FRAME * number, source);
      Arrays.fill(packet, RtpView.HEADER, packet.length, (byte) (0x80 + 16 * source));
      int before = pair.b.rtp.size();
      byte[] room = Arrays.copyOf(packet, packet.length + Egress.TAIL_ROOM);
      pair.a.leg.onRtp(room, 0, packet.length, pair.now);
      pair.b.rtp.stream().skip(before).forEach(_ -> heard.add(source));
    }
    pair.pass();
    return heard;
  }

  /** Two numbers in a row, and a frame apart. */
  private void assertOneStream(List<byte[]> packets) {
    for (int i = 1; i < packets.size(); i++) {
      byte[] before = packets.get(i - 1);
      byte[] packet = packets.get(i);
      assertThat(Packets.ssrc(packet)).isEqualTo(pair.b.ssrc());
      assertThat(Bytes.u16(packet, 2) - Bytes.u16(before, 2)).isEqualTo(1);
      assertThat(Bytes.u32(packet, 4) - Bytes.u32(before, 4)).isEqualTo(FRAME);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofTwoAtOnceTheLastToBeginIsHeardAlone(boolean transcoded) {
    join(transcoded);
    for (int i = 0; i < 10; i++) {
      assertThat(heard(1)).containsExactly(1);
    }
    heard(1, 2);
    int since = pair.b.rtp.size();
    for (int i = 0; i < 100; i++) {
      assertThat(heard(1, 2)).containsExactly(2);
    }
    assertOneStream(pair.b.rtp.subList(since, pair.b.rtp.size()));
    for (int i = 0; i < 11; i++) {
      heard(1);
    }
    assertThat(heard(1)).as("nothing more has come of the other").containsExactly(1);
  }

  /** As some gateways send them, which say in their own audio meanwhile what they like. */
  @Test
  void aKeyUnderItsOwnSsrcTakesNoneOfTheAudio() {
    Map<Integer, Integer> rates = Map.of(PCMU, 8000, KEY, 8000);
    PayloadMap map = PayloadMap.of(Map.of(PCMU, PCMU, KEY, KEY), rates).withKeys(Set.of(KEY));
    pair.join(map, PayloadMap.of(Map.of()));
    for (int i = 0; i < 60; i++) {
      if (i % 20 >= 5 && i % 20 < 13) {
        assertThat(key(i / 20, i)).as("a key's packet").isEqualTo(1);
        assertThat(key(i / 20, i)).as("the same again").isZero();
      }
      assertThat(heard(1)).as("audio beside and after it").containsExactly(1);
    }
    List<byte[]> heard = pair.b.rtp;
    List<Integer> starts = new ArrayList<>();
    int audio = 0;
    for (int i = 0; i < heard.size(); i++) {
      byte[] packet = heard.get(i);
      int since = Bytes.u32(packet, 4) - Bytes.u32(heard.getFirst(), 4);
      assertThat(Bytes.u16(packet, 2) - Bytes.u16(heard.getFirst(), 2)).isEqualTo(i);
      if (Packets.payloadType(packet) == PCMU) {
        assertThat(since).isEqualTo(FRAME * audio++);
      } else {
        starts.add(since / FRAME);
      }
    }
    assertThat(starts.stream().distinct()).containsExactly(5, 25, 45);
    assertThat(starts).hasSize(24);
  }

  /** A packet of a key; how many come out. */
  private int key(int which, int number) {
    byte[] packet = new byte[RtpView.HEADER + 4 + Egress.TAIL_ROOM];
    RtpView.write(packet, KEY, number, 1_000_000 + 50_000 * which, 9);
    int before = pair.b.rtp.size();
    pair.a.leg.onRtp(packet, 0, RtpView.HEADER + 4, pair.now);
    return pair.b.rtp.size() - before;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void moreThanTwoAtOnceAreNotHeardInTurns(boolean transcoded) {
    join(transcoded);
    heard(1, 2, 3, 4);
    int since = pair.b.rtp.size();
    for (int i = 0; i < 100; i++) {
      assertThat(heard(1, 2, 3, 4)).containsExactly(4);
    }
    assertOneStream(pair.b.rtp.subList(since, pair.b.rtp.size()));
  }

  /** Some go on to send the music of a hold that is over. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoBeginsAnewIsHeardThoughTheOneThatFollowedGoesOn(boolean transcoded) {
    join(transcoded);
    heard(1);
    for (int i = 0; i < 60; i++) {
      assertThat(heard(2)).containsExactly(2);
    }
    heard(1, 2);
    for (int i = 0; i < 60; i++) {
      assertThat(heard(1, 2)).containsExactly(1);
    }
  }

  /** Of a key pressed in a pause all is heard, though the pause ends meanwhile. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoResumesSoonAfterAnotherHasBegunIsNotHeardInItsPlace(boolean transcoded) {
    join(transcoded);
    heard(1);
    pair.now += 3_000_000_000L;
    heard(2);
    for (int i = 0; i < 10; i++) {
      assertThat(heard(1, 2)).containsExactly(2);
    }
  }
}
