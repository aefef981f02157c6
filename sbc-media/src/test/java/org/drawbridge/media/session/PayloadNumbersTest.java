package org.drawbridge.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.media.sdp.Codec;
import org.junit.jupiter.api.Test;

/** Payload types of a leg never change their meaning. */
class PayloadNumbersTest {

  private static final Codec OPUS = new Codec(111, "opus", 48000, 2, null);
  private static final Codec EVENTS = new Codec(101, "telephone-event", 8000, 1, "0-15");
  private static final Codec RED = new Codec(63, "red", 48000, 2, "111/111");
  private static final Codec PCMU = new Codec(0, "PCMU", 8000, 1, null);

  private final PayloadNumbers numbers = new PayloadNumbers();

  private static List<Integer> types(List<Codec> codecs) {
    return codecs.stream().map(Codec::payloadType).toList();
  }

  @Test
  void keepsTypesAsOffered() {
    assertThat(numbers.number(List.of(OPUS, RED, PCMU, EVENTS)))
        .containsExactly(OPUS, RED, PCMU, EVENTS);
  }

  @Test
  void keepsAFormatsTypeWhenAnotherSourceHasOtherTypes() {
    numbers.number(List.of(OPUS, EVENTS));
    assertThat(types(numbers.number(List.of(OPUS.withPayloadType(96), EVENTS.withPayloadType(97)))))
        .containsExactly(111, 101);
  }

  @Test
  void movesAFormatWhoseTypeIsTaken() {
    numbers.learn(List.of(EVENTS.withPayloadType(111)));
    assertThat(types(numbers.number(List.of(OPUS, EVENTS)))).containsExactly(96, 111);
  }

  @Test
  void takesOverWhatThePeerBinds() {
    numbers.number(List.of(EVENTS));
    numbers.learn(List.of(EVENTS.withPayloadType(96)));
    assertThat(types(numbers.number(List.of(EVENTS)))).containsExactly(96);
    assertThat(types(numbers.number(List.of(OPUS.withPayloadType(101)))))
        .as("101 still means events")
        .containsExactly(97);
  }

  @Test
  void aTypeThePeerReusesMeansNothingElseAnyMore() {
    numbers.number(List.of(OPUS, EVENTS));
    numbers.learn(List.of(EVENTS.withPayloadType(111)));
    assertThat(types(numbers.number(List.of(OPUS, EVENTS)))).containsExactly(96, 111);
  }

  @Test
  void usesStaticTypesWhereThereAreAny() {
    assertThat(types(numbers.number(List.of(PCMU.withPayloadType(99))))).containsExactly(0);
  }

  @Test
  void neverUsesTypesThatLookLikeRtcp() {
    assertThat(types(numbers.number(List.of(OPUS.withPayloadType(72))))).containsExactly(96);
  }

  @Test
  void dropsRedundancyWhoseInnerTypesWouldMove() {
    numbers.learn(List.of(EVENTS.withPayloadType(111)));
    assertThat(types(numbers.number(List.of(OPUS, RED)))).containsExactly(96);
    assertThat(types(new PayloadNumbers().number(List.of(RED, PCMU)))).containsExactly(0);
  }

  @Test
  void leavesOutRepeatedFormats() {
    assertThat(types(numbers.number(List.of(OPUS, OPUS.withPayloadType(112)))))
        .containsExactly(111);
  }

  @Test
  void leavesOutWhatFindsNoFreeType() {
    List<Codec> many =
        IntStream.range(0, 80).mapToObj(i -> new Codec(96, "x" + i, 8000, 1, null)).toList();
    List<Integer> types = types(numbers.number(many));
    assertThat(types).hasSize(61).doesNotHaveDuplicates();
    assertThat(types).allMatch(type -> type >= 96 || type >= 35 && type <= 63);
  }
}
