package org.drawbridge.registrar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.drawbridge.account.Aor;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.SampleBindings;
import org.drawbridge.registrar.TemporaryGruus;
import org.junit.jupiter.api.Test;

final class WriteBehindTest {

  private static final long HOUR = 3_600_000;

  private long now = HOUR;
  private final Bindings bindings =
      new Bindings(
          new ConfiguredAccounts(List.of(), List.of()),
          () -> Instant.ofEpochMilli(now),
          100,
          new TemporaryGruus(new byte[16]));
  private final Recorder store = new Recorder();
  private final WriteBehind<Binding> behind =
      new WriteBehind<>(store, bindings::stored, () -> Instant.ofEpochMilli(now));

  private final Binding phone = SampleBindings.phone("1001", 2 * HOUR);

  WriteBehindTest() {
    bindings.watch(behind);
  }

  @Test
  void changesOfManyAreSavedTogetherWithTheLastState() {
    bind(phone);
    bind(SampleBindings.browser("1001", 2 * HOUR));
    bind(SampleBindings.phone("1002", 2 * HOUR));
    behind.tick();

    assertThat(store.saves).hasSize(1);
    assertThat(store.saves.getFirst())
        .containsEntry(phone.aor(), List.of(SampleBindings.browser("1001", 2 * HOUR)))
        .hasSize(2);
    behind.tick();
    assertThat(store.saves).hasSize(1);
  }

  @Test
  void aRefreshWaitsAndIsSavedWithOthers() {
    bind(phone);
    behind.tick();
    bind(SampleBindings.refreshed(phone, 3 * HOUR));
    now += WriteBehind.REFRESH_DELAY - 1;
    behind.tick();
    assertThat(store.saves).hasSize(1);
    now += 1;
    behind.tick();
    assertThat(store.saves).hasSize(2);
  }

  @Test
  void aRefreshInTheLastMinuteDoesNotWait() {
    bind(phone);
    behind.tick();
    now = 2 * HOUR - WriteBehind.SHORT_OF_TIME + 1;
    behind.tick();
    store.saves.clear();
    bind(SampleBindings.refreshed(phone, 3 * HOUR));
    behind.tick();
    assertThat(store.saves).hasSize(1);
  }

  @Test
  void whatDidNotReachTheStoreIsTriedAgain() {
    bind(phone);
    store.fails = true;
    behind.tick();
    store.fails = false;
    behind.tick();
    assertThat(store.saves).isEmpty();
    now += WriteBehind.RETRY_DELAY;
    behind.tick();
    assertThat(store.saves).containsExactly(Map.of(phone.aor(), List.of(phone)));
  }

  @Test
  void whatWaitsIsSavedAtTheEnd() {
    bind(phone);
    behind.tick();
    Binding later = SampleBindings.refreshed(phone, 3 * HOUR);
    bind(later);
    behind.flush();
    assertThat(store.saves).last().isEqualTo(Map.of(phone.aor(), List.of(later)));
    bindings.change(phone.aor(), live -> List.of());
    behind.flush();
    assertThat(store.saves).last().isEqualTo(Map.of(phone.aor(), List.of()));
  }

  private void bind(Binding binding) {
    bindings.change(binding.aor(), live -> List.of(binding));
  }

  private static final class Recorder implements KeptTable<Binding> {
    private final List<Map<Aor, List<Binding>>> saves = new ArrayList<>();
    private boolean fails;

    @Override
    public void load(Consumer<List<Binding>> to) {}

    @Override
    public void save(Map<Aor, List<Binding>> changed) throws StoreException {
      if (fails) {
        throw new StoreException("the disk is full", new IOException());
      }
      saves.add(Map.copyOf(changed));
    }
  }
}
