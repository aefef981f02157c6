package org.drawbridge.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.Method;
import org.junit.jupiter.api.Test;

/** Two layers over a bad network, thousands of times; what must hold however it goes. */
class TransactionSimulationTest {

  private static final int RUNS = 1_000;
  private static final int REQUESTS = 6;

  /** Far beyond all timers and the caller's patience. */
  private static final long LIMIT = 400_000;

  @Test
  void onAFairNetworkBothSidesAgree() {
    for (long seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, Transport.UDP, SimNet.Weather.FAIR);
      run.toEnd();
      run.checkAlways();
      run.checkAgreement();
    }
  }

  @Test
  void onABadNetworkEachRequestHasOneOutcomeAndNothingStays() {
    int timeouts = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      double loss = random.nextDouble() * 0.6;
      // Of a request that took longer than T1 a repeat may outlive timer J, and is new then.
      Run run =
          new Run(seed, Transport.UDP, new SimNet.Weather(loss, 0.2, 1, 1 + random.nextLong(500)));
      run.toEnd();
      run.checkAlways();
      timeouts += run.outcomes("TIMEOUT");
    }
    assertThat(timeouts)
        .as("requests the network swallowed, so that this path is seen")
        .isPositive();
  }

  @Test
  void doublesAndDelaysWithoutLossChangeNoOutcome() {
    for (long seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, Transport.UDP, new SimNet.Weather(0, 0.5, 1, 400));
      run.toEnd();
      run.checkAlways();
      run.checkAgreement();
    }
  }

  @Test
  void onAStreamBothSidesAgreeUntilItCloses() {
    int lost = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed, Transport.TCP, new SimNet.Weather(0, 0, 1, 300));
      boolean closes = seed % 2 == 0;
      if (closes) {
        run.closeAfter(new Random(seed).nextLong(12_000));
      }
      run.toEnd();
      run.checkAlways();
      if (!closes) {
        run.checkAgreement();
      }
      lost += run.outcomes("FLOW_CLOSED");
    }
    assertThat(lost).isPositive();
  }

  private static final class Run {

    private final long seed;
    private final SimLoop loop = new SimLoop();
    private final SimCaller caller;
    private final SimCallee callee;
    private final Flow flow;

    Run(long seed, Transport transport, SimNet.Weather weather) {
      this.seed = seed;
      Random random = new Random(seed);
      caller = new SimCaller(loop, random);
      callee = new SimCallee(loop, random);
      flow = new SimNet(loop, seed, weather).connect(transport, caller, callee);
      for (int i = 0; i < REQUESTS; i++) {
        Method method = random.nextBoolean() ? Method.INVITE : Method.MESSAGE;
        String callId = method + "-" + i;
        loop.schedule(random.nextLong(3_000), () -> caller.send(method, callId, flow));
      }
    }

    void closeAfter(long millis) {
      loop.schedule(millis, () -> flow.close("test"));
    }

    void toEnd() {
      loop.runToEnd(LIMIT);
    }

    void checkAlways() {
      assertThat(caller.layer.size()).as("seed %d: client table", seed).isZero();
      assertThat(callee.layer.size()).as("seed %d: server table", seed).isZero();
      assertThat(caller.outcomes).as("seed %d", seed).hasSize(REQUESTS);
      assertThat(callee.requests).as("seed %d: passed up once", seed).doesNotHaveDuplicates();
      caller.outcomes.forEach(this::checkOutcome);
    }

    private void checkOutcome(String callId, List<String> outcome) {
      assertThat(outcome).as("seed %d: %s", seed, callId).hasSize(1);
      boolean answered = Character.isDigit(outcome.getFirst().charAt(0));
      if (answered) {
        assertThat(outcome.getFirst())
            .as("seed %d: %s", seed, callId)
            .isEqualTo(String.valueOf(callee.answers.get(callId)));
      }
    }

    /**
     * With nothing lost, what one side did is what the other saw, and every 2xx is acknowledged.
     */
    void checkAgreement() {
      for (Map.Entry<String, List<String>> entry : caller.outcomes.entrySet()) {
        String callId = entry.getKey();
        Integer answer = callee.answers.get(callId);
        // A 408 to a non-INVITE is not sent: the client times out by itself (RFC 4320).
        boolean silent = answer != null && answer == 408;
        assertThat(entry.getValue())
            .as("seed %d: %s", seed, callId)
            .containsExactly(silent ? "TIMEOUT" : String.valueOf(answer));
        boolean accepted = callId.startsWith("INVITE") && answer != null && answer == 200;
        assertThat(callee.acknowledged.contains(callId)).isEqualTo(accepted);
        assertThat(callee.cancelled.contains(callId)).isEqualTo(answer != null && answer == 487);
      }
    }

    int outcomes(String what) {
      return (int) caller.outcomes.values().stream().filter(o -> o.contains(what)).count();
    }
  }
}
