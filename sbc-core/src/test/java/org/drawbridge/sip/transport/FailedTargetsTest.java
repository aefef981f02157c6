package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.Test;

class FailedTargetsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final FailedTargets failed = new FailedTargets(nanos::get);

  private static Target target(Transport transport, String name) {
    return new Target(transport, new InetSocketAddress("192.0.2.1", 5060), name);
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aFailureIsForgottenWhenItsTimeIsOver() {
    failed.add(target(Transport.UDP, "a.example"), Duration.ofSeconds(30));
    advance(Duration.ofSeconds(29));
    assertThat(failed.contains(target(Transport.UDP, "b.example"))).isTrue();
    advance(Duration.ofSeconds(2));
    assertThat(failed.contains(target(Transport.UDP, "a.example"))).isFalse();
  }

  @Test
  void eachTransportFailsByItself() {
    failed.add(target(Transport.TCP, "a.example"), Duration.ofSeconds(30));
    assertThat(failed.contains(target(Transport.UDP, "a.example"))).isFalse();
  }
}
