package org.drawbridge.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.loop.SimLoop;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.RecordingFlow;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.Test;

final class NatKeepAliveTest {

  private static final Aor ALICE = new Aor("1001", "example.com");
  private static final long INTERVAL = 25_000;

  private final SimLoop loop = new SimLoop();
  private final Bindings bindings =
      new Bindings(
          new ConfiguredAccounts(List.of("example.com"), List.of()),
          () -> Instant.ofEpochMilli(loop.now()),
          10,
          new TemporaryGruus(new byte[16]));
  private final List<Flow> pinged = new ArrayList<>();
  private final NatKeepAlive keepAlive = new NatKeepAlive(loop, bindings, INTERVAL, pinged::add);

  @Test
  void aUdpPhoneIsPingedUntilItsBindingEnds() {
    RecordingFlow phone = new RecordingFlow(Transport.UDP, 1);
    bind(phone, 60_000);
    keepAlive.onRegistered(phone);

    loop.advance(INTERVAL);
    assertThat(pinged).containsExactly(phone);
    loop.advance(INTERVAL);
    assertThat(pinged).containsExactly(phone, phone);
    loop.advance(10 * INTERVAL);
    assertThat(pinged).hasSize(2);
    assertThat(loop.timers()).isZero();
  }

  @Test
  void aRefreshStartsNoSecondRound() {
    RecordingFlow phone = new RecordingFlow(Transport.UDP, 1);
    bind(phone, 60_000);
    keepAlive.onRegistered(phone);
    keepAlive.onRegistered(phone);

    loop.advance(INTERVAL);
    assertThat(pinged).hasSize(1);
  }

  @Test
  void aStreamKeepsItselfAlive() {
    RecordingFlow browser = new RecordingFlow(Transport.WSS, 2);
    bind(browser, 60_000);
    keepAlive.onRegistered(browser);

    loop.advance(2 * INTERVAL);
    assertThat(pinged).isEmpty();
  }

  private void bind(Flow flow, long lifetime) {
    Binding binding =
        new Binding(
            ALICE,
            "sip:1001@10.0.0.7",
            flow.id(),
            List.of(),
            null,
            0,
            0,
            "call",
            1,
            Binding.DEFAULT_Q,
            null,
            loop.now() + lifetime);
    bindings.change(ALICE, live -> List.of(binding));
  }
}
