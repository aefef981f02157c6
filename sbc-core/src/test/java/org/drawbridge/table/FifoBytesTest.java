package org.drawbridge.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FifoBytesTest {

  private static final int PAGE = 1_000;

  private record Kept(long place, byte[] string) {}

  @Test
  void whatWasNotLetGoIsThereAndTheRestTakesNoRoom() {
    Random random = new Random(1);
    FifoBytes bytes = new FifoBytes(PAGE);
    ArrayDeque<Kept> kept = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] string = new byte[random.nextInt(i % 100 == 0 ? 3 * PAGE : 200)];
      random.nextBytes(string);
      kept.addLast(new Kept(bytes.append(string), string));
      if (kept.size() > 50) {
        kept.removeFirst();
        bytes.releaseBefore(kept.getFirst().place);
      }
      Kept any = random.nextBoolean() ? kept.getFirst() : kept.getLast();
      assertThat(bytes.at(any.place)).isEqualTo(any.string);
    }
    kept.forEach(one -> assertThat(bytes.at(one.place)).isEqualTo(one.string));
    assertThat(bytes.allocated()).isLessThan(50 * 3L * PAGE);
    bytes.clear();
    assertThat(bytes.allocated()).isZero();
    assertThat(bytes.at(bytes.append(new byte[] {7}))).containsExactly(7);
  }

  @Test
  void whatWasLetGoIsToldAsGone() {
    FifoBytes bytes = new FifoBytes(PAGE);
    long gone = bytes.append(new byte[PAGE]);
    bytes.releaseBefore(bytes.append(new byte[PAGE]));
    assertThatThrownBy(() -> bytes.at(gone)).isInstanceOf(IllegalArgumentException.class);
  }
}
