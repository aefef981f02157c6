package org.drawbridge.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {

  private static final long SECOND = 1_000_000_000L;
  private static final InetAddress VICTIM = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("192.0.2.77");
  private static final InetAddress OTHER = InetAddress.ofLiteral("198.51.100.1");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8:1:2::1");
  private static final InetAddress SIX_NEIGHBOUR = InetAddress.ofLiteral("2001:db8:1:3::1");

  private final RequestLimiter limiter = new RequestLimiter(Long.MAX_VALUE - SECOND);
  private long now = Long.MAX_VALUE - SECOND;

  private long answered(InetAddress from, int requests, long apart) {
    return LongStream.range(0, requests)
        .filter(
            i -> {
              now += apart;
              return limiter.allows(from, now);
            })
        .count();
  }

  @Test
  void whoAsksNowAndThenIsAlwaysAnswered() {
    assertThat(answered(VICTIM, 500, SECOND / 25)).isEqualTo(500);
  }

  @Test
  void aFloodGetsNoMoreThanItsShareAcrossTheWrapOfTheClock() {
    assertThat(answered(VICTIM, 100_000, SECOND / 10_000)).isBetween(540L, 551L);
  }

  @Test
  void neighboursShareAndOthersDoNot() {
    answered(VICTIM, 1000, 0);
    assertThat(limiter.allows(NEIGHBOUR, now)).isFalse();
    assertThat(limiter.allows(OTHER, now)).isTrue();
    answered(SIX, 1000, 0);
    assertThat(limiter.allows(SIX_NEIGHBOUR, now)).isFalse();
  }
}
