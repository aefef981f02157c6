package org.drawbridge.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardsTest {

  private final Shards shards = new Shards(List.of(new SimLoop(0), new SimLoop(1), new SimLoop(2)));

  @Test
  void mintedCallIdsBelongToTheirLoopAndDiffer() {
    Set<String> minted = new HashSet<>();
    for (Loop loop : shards.loops()) {
      for (int i = 0; i < 100; i++) {
        String callId = shards.mintCallId(loop);
        assertThat(shards.loopOf(callId)).isSameAs(loop);
        minted.add(callId);
      }
    }
    assertThat(minted).hasSize(300);
  }

  @Test
  void callIdsOfPhonesSpreadOverAllLoops() {
    int[] count = new int[3];
    for (int i = 0; i < 3_000; i++) {
      count[shards.loopOf(i + "@192.0.2.1").index()]++;
    }
    assertThat(Arrays.stream(count).min().orElseThrow()).isGreaterThan(700);
  }

  @Test
  void loopsHaveToStandAtTheirIndex() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Shards(List.of(new SimLoop(1), new SimLoop(0))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Shards(List.of()));
  }
}
