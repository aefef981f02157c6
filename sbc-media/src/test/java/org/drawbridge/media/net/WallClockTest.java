package org.drawbridge.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallClockTest {

  @Test
  void loopTimeAndOffsetAreNanosecondsSince1900() {
    long loop = -5_000_000_007L;
    long offset = WallClock.offset(Instant.parse("1900-01-02T00:00:00.5Z"), loop);
    assertThat(loop + offset).isEqualTo(86_400_500_000_000L);
  }
}
