package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.PhoneTransport;
import org.drawbridge.support.Sipp;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/**
 * Trunks that share calls by weight: SIPp calls, two others take the calls and count them. A
 * machine that is busy with other tests may have a few calls refused for overload; the rest is
 * shared.
 */
@OnTestBed
final class SharedTrunksTest {

  private static final int CALLS = 1_000;
  private static final int RATE = 1_000;
  private static final int AT_ONCE = 10;
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final String ROUTE =
      """
      - name: through
        when: { from: source }
        to: [ { trunk: first, weight: 70 }, { trunk: second, weight: 30 } ]
        media: direct
      """;

  private static String trunks(int first, int second) {
    return """
    trunks:
      source: { targets: "sip:127.0.0.4", from: 127.0.0.4 }
      first: { targets: "sip:127.0.0.2:%d;transport=udp", try-timeout: 30s, breaker: none }
      second: { targets: "sip:127.0.0.3:%d;transport=udp", try-timeout: 30s, breaker: none }
    """
        .formatted(first, second);
  }

  private static Sipp.Plan plan(String scenario, String address, int local, int remote, int calls) {
    return new Sipp.Plan(scenario, PhoneTransport.UDP, address, local, remote, calls, AT_ONCE);
  }

  @Test
  void ofAThousandCallsEachGetsItsShareWithinTwoPercent(TestBed bed) {
    int firstPort = FreePorts.one();
    int secondPort = FreePorts.one();
    int port = bed.sbc(trunks(firstPort, secondPort), ROUTE).ports().sip();
    Sipp first = bed.sipp(plan("answer", "127.0.0.2", firstPort, port, 2 * CALLS), "unused", RATE);
    Sipp second =
        bed.sipp(plan("answer", "127.0.0.3", secondPort, port, 2 * CALLS), "unused", RATE);

    Sipp.Plan calls = plan("call-in-briefly", "127.0.0.4", FreePorts.one(), port, CALLS);
    bed.sipp(calls, "+442079460000", RATE).awaitEnd();

    Await.until("calls counted", SOON, () -> first.calls() + second.calls() >= CALLS * 9 / 10);
    Await.pause(Duration.ofSeconds(1)); // they write once a second
    int all = first.calls() + second.calls();
    assertThat(first.calls()).isCloseTo(all * 7 / 10, within(all / 50));
  }
}
