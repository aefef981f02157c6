package org.drawbridge.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {

  /** Few keys whose low bits agree, so that all of them want the same slots. */
  @Test
  void itDoesWhatAMapDoesAlsoWhenSlotsCollide() {
    Random random = new Random(1);
    LongTable table = new LongTable();
    Map<Long, Long> map = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long key = (long) random.nextInt(40) << 60 | random.nextInt(3);
      long value = random.nextInt(5);
      if (random.nextInt(3) > 0) {
        table.put(key, value);
        map.put(key, value);
      } else {
        table.remove(key, value);
        map.remove(key, value);
      }
      assertThat(table.size()).isEqualTo(map.size());
      assertThat(table.get(key)).isEqualTo(map.getOrDefault(key, LongTable.NONE));
    }
    map.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
  }

  @Test
  void itGrowsWithWhatIsInIt() {
    LongTable table = new LongTable();
    for (long i = 0; i < 10_000; i++) {
      table.put(i * 0x9e3779b97f4a7c15L, i);
    }
    assertThat(table.size()).isEqualTo(10_000);
    for (long i = 0; i < 10_000; i++) {
      assertThat(table.get(i * 0x9e3779b97f4a7c15L)).isEqualTo(i);
    }
    assertThat(table.get(1)).isEqualTo(LongTable.NONE);
  }

  @Test
  void aValueBelowZeroIsRefused() {
    assertThatThrownBy(() -> new LongTable().put(1, LongTable.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
