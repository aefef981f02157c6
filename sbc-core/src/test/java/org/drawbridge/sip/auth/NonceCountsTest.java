package org.drawbridge.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NonceCountsTest {

  private static final int CAPACITY = 100;
  private static final long LIFETIME = 1_000;

  private final NonceCounts counts = new NonceCounts(CAPACITY, LIFETIME, 0);

  @Test
  void aCountServesOnceAndOnlyUpward() {
    assertThat(counts.use(7, 0, 1, 10)).isTrue();
    assertThat(counts.use(7, 0, 1, 10)).isFalse();
    assertThat(counts.use(7, 0, 5, 10)).isTrue();
    assertThat(counts.use(7, 0, 4, 10)).isFalse();
    assertThat(counts.use(8, 0, 0, 10)).isTrue();
    assertThat(counts.use(9, 0, -1, 10)).as("no count").isFalse();
  }

  @Test
  void howeverManyFollowNoneServesTwice() {
    assertThat(counts.use(7, 5, 1, 10)).isTrue();
    for (int i = 0; i < 10 * CAPACITY; i++) {
      assertThat(counts.use(1_000 + i, 20 + i, 1, 20 + i)).isTrue();
      assertThat(counts.use(7, 5, 1, 20 + i)).isFalse();
      assertThat(counts.use(1_000 + i, 20 + i, 1, 20 + i)).isFalse();
    }
  }

  @Test
  void aNonceNobodyUsedIsGoodUntilOneOfItsTimeMayBeForgotten() {
    for (int i = 0; i < CAPACITY / 2; i++) {
      assertThat(counts.use(1_000 + i, 1, 1, 10)).isTrue();
    }
    assertThat(counts.use(7, 1, 1, 20)).isTrue();
    for (int i = 0; i < CAPACITY; i++) {
      counts.use(2_000 + i, 30, 1, 40);
    }
    assertThat(counts.use(8, 1, 1, 50)).as("issued before what is forgotten").isFalse();
    assertThat(counts.use(9, 45, 1, 50)).isTrue();
  }

  @Test
  void countsOfLivingNoncesOutlastAnyPassOfTime() {
    assertThat(counts.use(7, 0, 1, LIFETIME - 1)).isTrue();
    assertThat(counts.use(8, 0, 1, LIFETIME + 1)).isTrue();
    assertThat(counts.use(7, 0, 1, 2 * LIFETIME)).isFalse();
  }
}
