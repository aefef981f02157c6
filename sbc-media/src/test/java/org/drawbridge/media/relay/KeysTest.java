package org.drawbridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.drawbridge.media.audio.AudioCodec;
import org.drawbridge.media.audio.G711;
import org.drawbridge.media.dtmf.EventPayload;
import org.drawbridge.media.dtmf.KeyTones;
import org.drawbridge.media.plane.KeyForm;
import org.drawbridge.media.plane.KeyRoute;
import org.drawbridge.media.plane.PayloadMap;
import org.drawbridge.media.rtp.RtpView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys cross between peers that take them differently (RFC 4733). */
final class KeysTest {

  private static final int OPUS = 111;
  private static final int EVENTS_48 = 110;
  private static final int PCMU = 0;
  private static final int EVENTS_8 = 101;
  private static final int SSRC = 0x1234;

  private final LegPair pair = new LegPair(false);
  private int seq = 100;

  /** Whether the next event has the marker bit. */
  private boolean mark;

  /** Browser with events at 48 kHz, phone with events at 8 kHz. */
  private void join(KeyForm toPhone) {
    KeyRoute there = new KeyRoute(Map.of(EVENTS_48, 48_000), Map.of(), toPhone);
    KeyRoute back =
        new KeyRoute(Map.of(EVENTS_8, 8_000), Map.of(), new KeyForm.Events(EVENTS_48, 48_000));
    pair.join(
        PayloadMap.of(Map.of(OPUS, PCMU), Map.of(OPUS, 8_000, EVENTS_48, 48_000), there),
        PayloadMap.of(Map.of(PCMU, OPUS), Map.of(), back));
  }

  private static byte[] packet(int type, int seq, int timestamp, int ssrc, byte... payload) {
    byte[] packet = new byte[RtpView.HEADER + payload.length];
    packet[0] = (byte) 0x80;
    RtpView.setPayloadType(packet, 0, type, false);
    RtpView.setSeq(packet, 0, seq);
    RtpView.setTimestamp(packet, 0, timestamp);
    RtpView.setSsrc(packet, 0, ssrc);
    System.arraycopy(payload, 0, packet, RtpView.HEADER, payload.length);
    return packet;
  }

  private void audio(int timestamp) {
    pair.a.receiveRtp(packet(OPUS, seq++, timestamp, SSRC, new byte[20]));
  }

  private void event(int timestamp, int key, boolean end, int duration) {
    byte[] payload = new byte[4];
    EventPayload.write(payload, 0, key, end, 10, duration);
    byte[] packet = packet(EVENTS_48, seq++, timestamp, SSRC, payload);
    RtpView.setPayloadType(packet, 0, EVENTS_48, mark);
    mark = false;
    pair.a.receiveRtp(packet);
  }

  /** A key as browsers send it: a packet each 20 ms, the end three times at once. */
  private void press(int timestamp, int key, int millis) {
    for (int t = 20; t < millis; t += 20) {
      event(timestamp, key, false, t * 48);
    }
    for (int i = 0; i < 3; i++) {
      event(timestamp, key, true, millis * 48);
    }
  }

  private record Sent(boolean marker, int seq, int timestamp, int event, boolean end, int length) {}

  private List<Sent> events() {
    List<Sent> all = new ArrayList<>();
    for (byte[] p : pair.b.rtp) {
      if (RtpView.payloadType(p, 0) == EVENTS_8) {
        all.add(
            new Sent(
                RtpView.marker(p, 0),
                RtpView.seq(p, 0),
                RtpView.timestamp(p, 0),
                EventPayload.event(p, 12),
                EventPayload.isEnd(p, 12),
                EventPayload.duration(p, 12)));
      }
    }
    return all;
  }

  @Test
  void aKeyIsScaledToTheOtherClock() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    audio(0);
    audio(160);
    press(48_000, 5, 100);
    for (int i = 0; i < 10; i++) {
      pair.pass();
    }

    List<Sent> sent = events();
    assertThat(sent).extracting(Sent::event).containsOnly(5);
    assertThat(sent).extracting(Sent::timestamp).containsOnly(sent.getFirst().timestamp());
    assertThat(sent.getFirst().marker()).isTrue();
    assertThat(sent.stream().skip(1)).noneMatch(Sent::marker);
    assertThat(sent.stream().filter(Sent::end)).hasSize(3);
    assertThat(sent.stream().filter(Sent::end)).extracting(Sent::length).containsOnly(800);
    List<Integer> lengths = sent.stream().map(Sent::length).toList();
    assertThat(lengths).isSorted().startsWith(160);
    assertThat(pair.pacer.isIdle()).isTrue();
  }

  @Test
  void sequenceAndTimestampsGoOnAfterAKey() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    audio(0);
    audio(160);
    press(48_000, 5, 100);
    for (int i = 0; i < 10; i++) {
      pair.pass();
    }
    int before = pair.b.rtp.size();
    int eventTime = RtpView.timestamp(pair.b.rtp.get(2), 0);
    audio(5000);
    audio(5160);

    List<byte[]> all = pair.b.rtp;
    assertThat(all).hasSize(before + 2);
    for (int i = 1; i < all.size(); i++) {
      assertThat(RtpView.seq(all.get(i), 0)).isEqualTo(RtpView.seq(all.get(i - 1), 0) + 1);
    }
    int resumed = RtpView.timestamp(all.get(before), 0) - eventTime;
    assertThat(resumed).isBetween(800, 8_000);
    assertThat(RtpView.timestamp(all.get(before + 1), 0) - eventTime - resumed).isEqualTo(160);
  }

  @Test
  void audioWaitsWhileAKeyIsSent() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    audio(0);
    event(48_000, 1, false, 960);
    int sent = pair.b.rtp.size();
    audio(960);
    assertThat(pair.b.rtp.size() - sent).isEqualTo(1);
    assertThat(RtpView.payloadType(pair.b.lastRtp(), 0)).isEqualTo(EVENTS_8);
  }

  @Test
  void aKeyWhoseEndIsLostEndsByItself() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    event(48_000, 1, false, 960);
    for (int i = 0; i < 100; i++) {
      pair.pass();
      if (i % 5 == 0) {
        pair.a.leg.onTick(pair.now);
      }
    }
    assertThat(events().getLast().end()).isTrue();
    assertThat(events().getLast().length()).isLessThan(8_000);
    assertThat(pair.pacer.isIdle()).isTrue();
  }

  @Test
  void aKeyOfWhichOnlyTheEndArrivesIsAKey() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    event(48_000, 9, true, 4_800);
    for (int i = 0; i < 20; i++) {
      pair.pass();
    }
    assertThat(events()).extracting(Sent::event).containsOnly(9);
    assertThat(events().getLast().length()).isEqualTo(800);
  }

  @Test
  void fastTypingLosesNothing() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    for (int i = 0; i < 10; i++) {
      press(48_000 * (i + 1), 7, 60);
    }
    for (int i = 0; i < 200; i++) {
      pair.pass();
    }
    long distinct = events().stream().map(Sent::timestamp).distinct().count();
    assertThat(distinct).isEqualTo(10);
    assertThat(events().stream().filter(Sent::end)).hasSize(30);
  }

  @Test
  void aPeerWhoseTimestampsBeginAnewIsStillHeard() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    press(1_000_000_000, 5, 100);
    for (int i = 0; i < 20; i++) {
      pair.pass();
    }
    press(48_000, 6, 100);
    press(48_000 - 4_800, 7, 100);
    for (int i = 0; i < 20; i++) {
      pair.pass();
    }
    assertThat(events().stream().map(Sent::event).distinct())
        .as("but nothing late of an earlier key")
        .containsExactly(5, 6);
  }

  @Test
  void aKeyTooLongForTheFieldGoesOnInSegments() {
    KeyRoute back =
        new KeyRoute(Map.of(EVENTS_8, 8_000), Map.of(), new KeyForm.Events(EVENTS_48, 48_000));
    pair.join(PayloadMap.of(Map.of()), PayloadMap.of(Map.of(), Map.of(), back));
    pair.a.leg.keys().play(3, 3_000, pair.now);
    for (int i = 0; i < 200; i++) {
      pair.pass();
    }
    List<byte[]> sent = pair.a.rtp;
    List<Integer> times = sent.stream().map(p -> RtpView.timestamp(p, 0)).distinct().toList();
    assertThat(times).hasSize(3);
    assertThat(times.get(1) - times.get(0)).isEqualTo(0xFFFF);
    assertThat(times.get(2) - times.get(1)).isEqualTo(0xFFFF);
    assertThat(EventPayload.duration(sent.getLast(), 12)).isEqualTo(3_000 * 48 - 2 * 0xFFFF);
    assertThat(sent.stream().filter(p -> RtpView.marker(p, 0))).hasSize(1);
  }

  /** Of events of 8000 Hz beside audio of another clock. */
  @Test
  void audioAfterAVeryLongKeyHasTheTimeThatPassed() {
    KeyRoute back =
        new KeyRoute(Map.of(EVENTS_8, 8_000), Map.of(), new KeyForm.Events(EVENTS_8, 8_000));
    PayloadMap opus = PayloadMap.of(Map.of(OPUS, OPUS), Map.of(OPUS, 48_000));
    pair.join(opus, PayloadMap.of(Map.of(OPUS, OPUS), Map.of(OPUS, 48_000), back));
    pair.b.receiveRtp(packet(OPUS, 1, 0, SSRC, new byte[20]));
    long began = pair.now;
    int before = RtpView.timestamp(pair.a.lastRtp(), 0);
    pair.a.leg.keys().play(3, 9_000, pair.now);
    while (!pair.pacer.isIdle()) {
      pair.pass();
    }
    int millis = (int) ((pair.now - began) / 1_000_000);
    pair.b.receiveRtp(packet(OPUS, 2, 48 * millis, SSRC, new byte[20]));
    int passed = (RtpView.timestamp(pair.a.lastRtp(), 0) - before) / 48;
    assertThat(passed).isBetween(millis - 40, millis + 40);
  }

  /** Gateways that take an event's timestamp from the audio's clock, packet by packet. */
  @ParameterizedTest
  @ValueSource(ints = {0, 960})
  void aKeyWhoseTimestampIsRaisedInEachPacketIsOneKey(int first) {
    join(new KeyForm.Signalled());
    for (int key = 0; key < 2; key++) {
      int begin = 480_000 * (key + 1);
      mark = true;
      for (int t = 0; t < 9; t++) {
        event(begin + 960 * t, 5, t >= 7, first + 960 * Math.min(t, 7));
      }
    }
    int millis = (first + 960 * 7) / 48;
    assertThat(pair.a.events).containsExactly("started", "key 5 " + millis, "key 5 " + millis);
  }

  @Test
  void theSameKeyAgainIsAnotherThoughItsBeginningOrTheEndBeforeWasLost() {
    join(new KeyForm.Signalled());
    press(48_000, 5, 100);
    event(48_000 + 7_200, 5, true, 4_800);
    event(48_000 + 96_000, 5, false, 960);
    mark = true;
    event(48_000 + 100_800, 5, false, 960);
    event(48_000 + 100_800, 5, true, 1_920);
    assertThat(pair.a.events)
        .containsExactly("started", "key 5 100", "key 5 100", "key 5 20", "key 5 40");
  }

  /** A segment of Chromium's begins with the frame in which the field overflows. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLongKeyIsOneKeyThoughItsSegmentsDoNotMeet(boolean fullOneIsLost) {
    join(new KeyForm.Signalled());
    int frame = 960;
    int begin = 48_000;
    int length = frame;
    for (; length <= EventPayload.MAX_DURATION; length += frame) {
      event(begin, 5, false, length);
    }
    if (!fullOneIsLost) {
      event(begin, 5, false, EventPayload.MAX_DURATION);
    }
    event(begin + length, 5, false, length - EventPayload.MAX_DURATION);
    event(begin + length, 5, true, 2_000 * 48 - EventPayload.MAX_DURATION);
    assertThat(pair.a.events).containsExactly("started", "key 5 2000");
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_040, 10_500, 14_000})
  void aKeyThatIsHeldTooLongIsCutOffAndNotPressedTwice(int millis) {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    int segment = 0;
    for (int t = 20; t <= millis; t += 20) {
      if (t * 48 - segment > EventPayload.MAX_DURATION) {
        segment += EventPayload.MAX_DURATION;
      }
      event(48_000 + segment, 5, t == millis, t * 48 - segment);
    }
    press(48_000 * 20, 5, 100);
    for (int i = 0; i < 100; i++) {
      pair.pass();
    }
    List<Sent> ends = events().stream().filter(Sent::end).toList();
    assertThat(ends).as("two keys, each said three times").hasSize(6);
    assertThat(ends.get(3).length()).isEqualTo(800);
  }

  @Test
  void aPeerThatTakesThemInSignallingIsToldOncePerKey() {
    join(new KeyForm.Signalled());
    press(48_000, 11, 120);
    press(96_000, 4, 60);
    for (int i = 0; i < 20; i++) {
      pair.pass();
    }
    assertThat(pair.b.rtp).isEmpty();
    assertThat(pair.a.events).containsExactly("started", "key # 120", "key 4 60");
  }

  @Test
  void aPeerThatTakesThemInSignallingMissesNoPacketForThem() {
    join(new KeyForm.Signalled());
    audio(0);
    press(48_000, 11, 120);
    audio(160 * 10);
    List<byte[]> heard = pair.b.rtp;
    assertThat(heard).hasSize(2);
    assertThat(RtpView.seq(heard.get(1), 0)).isEqualTo(RtpView.seq(heard.get(0), 0) + 1);
    int step = RtpView.timestamp(heard.get(1), 0) - RtpView.timestamp(heard.get(0), 0);
    assertThat(step).isEqualTo(1600);
  }

  @Test
  void paddingIsNoPartOfATone() {
    KeyRoute there = new KeyRoute(Map.of(), Map.of(PCMU, AudioCodec.PCMU), new KeyForm.Signalled());
    pair.join(PayloadMap.of(Map.of(PCMU, PCMU), Map.of(), there), PayloadMap.of(Map.of()));
    short[] pcm = new short[160];
    for (int i = 0; i < 10; i++) {
      boolean down = i < 5;
      KeyTones.write(7, 8000, 160L * i, pcm, pcm.length, false);
      byte[] payload = new byte[200];
      payload[199] = 40;
      if (down) {
        G711.MU_LAW.encode(pcm, 0, pcm.length, payload, 0);
      } else {
        Arrays.fill(payload, 0, 160, G711.MU_LAW.encode((short) 0));
      }
      byte[] packet = packet(PCMU, seq++, 160 * i, SSRC, payload);
      packet[0] |= 0x20;
      pair.a.receiveRtp(packet);
    }
    assertThat(pair.a.events).hasSize(2);
    assertThat(pair.a.events.getLast()).startsWith("key 7 ");
  }

  /** Of a trunk whose audio is G.722 and that has no events. */
  @Test
  void tonesCrossInG722() {
    KeyRoute there = new KeyRoute(Map.of(), Map.of(9, AudioCodec.G722), new KeyForm.Signalled());
    KeyRoute back = new KeyRoute(Map.of(), Map.of(), new KeyForm.Tones(9, AudioCodec.G722));
    pair.join(
        PayloadMap.of(Map.of(9, 9), Map.of(), there), PayloadMap.of(Map.of(9, 9), Map.of(), back));
    for (int key : new int[] {7, 0, 11}) {
      pair.a.rtp.clear();
      pair.a.leg.keys().play(key, 100, pair.now);
      for (int i = 0; i < 15; i++) {
        pair.pass();
      }
      for (byte[] packet : List.copyOf(pair.a.rtp)) {
        pair.a.receiveRtp(packet);
      }
    }
    assertThat(pair.a.events).hasSize(4);
    assertThat(pair.a.events.get(1)).matches("key 7 (9|10)[0-9]");
    assertThat(pair.a.events.get(2)).startsWith("key 0 ");
    assertThat(pair.a.events.get(3)).startsWith("key # ");
  }

  @Test
  void noKeyIsSentToAPeerOnHold() {
    join(new KeyForm.Events(EVENTS_8, 8_000));
    pair.b.describe(false, true);
    pair.b.leg.keys().play(3, 100, pair.now);
    pair.pass();
    assertThat(pair.b.rtp).isEmpty();
    assertThat(pair.pacer.isIdle()).isTrue();
  }
}
