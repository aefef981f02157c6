package org.drawbridge.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.sipunit.RawCall;
import org.drawbridge.sipunit.RawPhone;
import org.drawbridge.support.Await;
import org.drawbridge.support.FreePorts;
import org.drawbridge.support.OnTestBed;
import org.drawbridge.support.SipAccount;
import org.drawbridge.support.TestBed;
import org.junit.jupiter.api.Test;

/** Trunks that share calls by weight, on the wire. */
@OnTestBed
final class SharedTrunksTest {

  private static final int CALLS = 100;
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final SipAccount CALLER = new SipAccount("4420", "carrier.test", "none");

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

  @Test
  void eachGetsAboutItsShare(TestBed bed) {
    int firstPort = FreePorts.one();
    int secondPort = FreePorts.one();
    int port = bed.sbc(trunks(firstPort, secondPort), ROUTE).ports().sip();
    RawPhone source = bed.join(RawPhone.open("127.0.0.4", port));
    RawPhone first = bed.join(RawPhone.open("127.0.0.2", firstPort, port));
    RawPhone second = bed.join(RawPhone.open("127.0.0.3", secondPort, port));

    List<RawCall> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      RawCall call = new RawCall(source, CALLER, "sip:+442079460000@127.0.0.1");
      source.send(call.invite());
      calls.add(call);
    }
    Await.until("all calls at the trunks", SOON, () -> distinct(first) + distinct(second) >= CALLS);
    long atFirst = distinct(first);
    assertThat(atFirst + distinct(second)).isEqualTo(CALLS);
    assertThat(atFirst).as("five deviations either way").isBetween(47L, 93L);
    calls.forEach(call -> source.send(call.cancel()));
    source.await("487", CALLS, SOON, message -> message.isFinal("INVITE"));
  }

  private static long distinct(RawPhone trunk) {
    return trunk.requests("INVITE").stream().map(m -> m.header("Call-ID")).distinct().count();
  }
}
