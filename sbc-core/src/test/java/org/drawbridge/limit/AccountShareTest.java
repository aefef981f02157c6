package org.drawbridge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.user.UserAccount;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many calls an account has of which the configuration says nothing. */
final class AccountShareTest {

  private static final class All implements Accounts {
    private final @Nullable Limits limits;

    All(@Nullable Limits limits) {
      this.limits = limits;
    }

    @Override
    public @Nullable UserAccount find(Aor aor) {
      return limits == null
          ? null
          : new UserAccount(aor.user(), aor.domain(), null, null, null, null, Set.of(), limits);
    }

    @Override
    public @Nullable UserAccount decoy(Aor aor) {
      return null;
    }

    @Override
    public String home() {
      return "a.example";
    }

    @Override
    public boolean serves(String domain) {
      return true;
    }
  }

  private static int callsOfOneAccount(@Nullable Limits own, int allCalls) {
    Meters meters = new Meters(new All(own), Instant::now, ZoneOffset.UTC);
    Bounds bounds = new Bounds(Limits.NONE.withCalls(allCalls), Map.of(), List.of());
    int calls = 0;
    while (enters(meters, bounds, "1001")) {
      calls++;
    }
    assertThat(enters(meters, bounds, "1002")).isEqualTo(calls < allCalls);
    return calls;
  }

  private static boolean enters(Meters meters, Bounds bounds, String user) {
    CallSource source = new CallSource.Registered(user, "a.example");
    Passage.Owner owner =
        new Passage.Owner() {
          @Override
          public void granted(Hold hold) {}

          @Override
          public void preempt() {}
        };
    return Passage.of(meters, bounds, source, Passage.Manner.NORMAL, owner).enter()
        instanceof Entry.Granted;
  }

  @Test
  void oneAccountLeavesPlacesToTheOthers() {
    assertThat(callsOfOneAccount(Limits.NONE, 10_000)).isEqualTo(1_000);
    assertThat(callsOfOneAccount(Limits.NONE, 30_000)).isEqualTo(3_000);
  }

  @Test
  void asManyAsAnybodyNeedsAreNeverRefused() {
    assertThat(callsOfOneAccount(Limits.NONE, 2_000)).isEqualTo(1_000);
    assertThat(callsOfOneAccount(Limits.NONE, 1_000)).isEqualTo(1_000);
    assertThat(callsOfOneAccount(Limits.NONE, 30)).isEqualTo(30);
  }

  @Test
  void phonesThatOnlyAPbxKnowsHaveNoMore() {
    assertThat(callsOfOneAccount(null, 10_000)).isEqualTo(1_000);
    assertThat(callsOfOneAccount(null, 30)).isEqualTo(30);
  }

  @Test
  void whatItsOwnLimitsSayCounts() {
    assertThat(callsOfOneAccount(Limits.NONE.withCalls(5_000), 10_000)).isEqualTo(5_000);
    assertThat(callsOfOneAccount(Limits.NONE.withCalls(2), 10_000)).isEqualTo(2);
  }
}
