package org.drawbridge.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.sip.flow.FlowId;
import org.junit.jupiter.api.Test;

final class BindingsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Aor ALICE = new Aor("1001", "example.com");

  private long now = 1_000;
  private final Bindings bindings =
      new Bindings(
          new ConfiguredAccounts(
              List.of("example.com"),
              List.of(new UserAccount("1001", "example.com", "x", null, null, null))),
          () -> Instant.ofEpochMilli(now),
          10,
          new TemporaryGruus(new byte[16]));

  @Test
  void aUdpPhoneIsReachableAtOnceAfterARestart() {
    Binding phone = SampleBindings.phone("1001", 5_000);
    assertThat(bindings.restore(List.of(phone), HOUR)).isTrue();
    assertThat(bindings.lookup(ALICE)).containsExactly(phone);
    assertThat(bindings.isBound(phone.flow())).isTrue();
  }

  @Test
  void whoCameOverAStreamIsKnownButNotReachable() {
    Binding browser = SampleBindings.browser("1001", 5_000);
    assertThat(bindings.restore(List.of(browser), HOUR)).isTrue();
    assertThat(bindings.lookup(ALICE)).isEmpty();
    assertThat(bindings.all(ALICE)).containsExactly(browser.withoutFlow());
    assertThat(bindings.isBound(browser.flow())).isFalse();
    assertThat(bindings.isBound(FlowId.NONE)).isFalse();
  }

  /** It would be there for as long as the clock was ahead, and outlive all that are real. */
  @Test
  void whatWasKeptByAClockThatWasAheadLastsNoLongerThanARegistration() {
    assertThat(bindings.restore(List.of(SampleBindings.phone("1001", Long.MAX_VALUE)), HOUR))
        .isTrue();
    now += HOUR.toMillis() - 1;
    assertThat(bindings.lookup(ALICE)).hasSize(1);
    now++;
    assertThat(bindings.lookup(ALICE)).isEmpty();
  }

  @Test
  void aFlowThatLeadsNowhereIsNoBindingAndTheOthersStay() {
    Binding phone = SampleBindings.phone("1001", 5_000);
    Binding browser = SampleBindings.browser("1001", 5_000);
    bindings.change(ALICE, _ -> List.of(phone, browser));
    bindings.flowFailed(phone);
    assertThat(bindings.all(ALICE)).containsExactly(browser);
    assertThat(bindings.isBound(phone.flow())).isFalse();
  }

  @Test
  void whatHasExpiredOrLostItsAccountIsNotTaken() {
    Binding phone = SampleBindings.phone("1001", 1_000);
    Binding browser = SampleBindings.browser("1001", 5_000);
    assertThat(bindings.restore(List.of(phone, browser), HOUR)).isFalse();
    assertThat(bindings.all(ALICE)).containsExactly(browser.withoutFlow());
    assertThat(bindings.restore(List.of(SampleBindings.phone("1009", 5_000)), HOUR)).isFalse();
    assertThat(bindings.size()).isEqualTo(1);
  }

  @Test
  void aFlowThatManyShareIsFreedByTheLast() {
    List<Binding> crowd =
        IntStream.range(0, 5).mapToObj(i -> SampleBindings.phone("u" + i, 5_000)).toList();
    crowd.forEach(this::bind);
    FlowId shared = crowd.getFirst().flow();
    for (Binding binding : crowd) {
      assertThat(bindings.isBound(shared)).isTrue();
      bindings.change(binding.aor(), live -> List.of());
    }
    assertThat(bindings.isBound(shared)).isFalse();
    crowd.forEach(this::bind);
    assertThat(bindings.removeFlow(shared, _ -> false)).containsExactlyInAnyOrderElementsOf(crowd);
    assertThat(bindings.size()).isZero();
  }

  @Test
  void watchersSeeEveryChangeAndNothingElse() {
    List<String> seen = new ArrayList<>();
    bindings.watch((aor, before, after) -> seen.add(before.size() + ">" + after.size()));
    Binding phone = SampleBindings.phone("1001", 5_000);
    bind(phone);
    bind(phone);
    bind(SampleBindings.refreshed(phone, 6_000));
    now = 6_000;
    bindings.sweep();
    bindings.sweep();
    assertThat(seen).containsExactly("0>1", "1>1", "1>0");
  }

  private void bind(Binding binding) {
    bindings.change(binding.aor(), live -> List.of(binding));
  }
}
