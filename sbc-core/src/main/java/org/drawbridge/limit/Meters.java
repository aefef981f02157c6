package org.drawbridge.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.routing.limit.Bounds;
import org.drawbridge.routing.limit.Limits;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.user.UserAccount;

/**
 * The meters of everybody, one for all signalling loops. There are as many as the configuration has
 * trunks, groups and accounts. Thread-safe.
 */
public final class Meters {

  /**
   * The calls at once that any account may have. Of more it has a tenth of all, unless its own
   * limits say something of calls: whoever has stolen one password is not to have every place.
   */
  private static final int AMPLE = 1_000;

  private static final int SHARE = 10;

  private final Accounts accounts;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Map<LimitKind, LongAdder> refused = new EnumMap<>(LimitKind.class);
  private final Meter all;
  private final Map<String, Meter> trunks = new ConcurrentHashMap<>();
  private final Map<Aor, Meter> ofAccounts = new ConcurrentHashMap<>();

  /** Of accounts that only a PBX knows: each is there as long as a call of theirs is. */
  private final Cache<Aor, Meter> ofPhones = Caffeine.newBuilder().weakValues().build();

  private final Map<String, Meter> groups = new ConcurrentHashMap<>();
  private final MessageRates messages;

  /**
   * With nobody calling.
   *
   * @param zone whose midnight begins a new day
   */
  public Meters(Accounts accounts, InstantSource clock, ZoneId zone) {
    this.accounts = accounts;
    this.clock = clock;
    this.zone = zone;
    this.all = new Meter(clock, zone);
    this.messages = new MessageRates(clock);
    for (LimitKind kind : LimitKind.values()) {
      refused.put(kind, new LongAdder());
    }
  }

  /** What a trunk uses now. */
  public MeterFacts ofTrunk(String name) {
    Meter meter = trunks.get(name);
    return meter == null ? MeterFacts.NONE : meter.facts();
  }

  /** What an account uses now; nothing is known of one that has made or got no call. */
  public MeterFacts ofAccount(Aor account) {
    Meter meter = ofAccounts.get(account);
    return meter == null ? MeterFacts.NONE : meter.facts();
  }

  /** What the accounts of a group use now. */
  public MeterFacts ofGroup(String name) {
    Meter meter = groups.get(name);
    return meter == null ? MeterFacts.NONE : meter.facts();
  }

  /** What all calls together use now. */
  public MeterFacts ofAll() {
    return all.facts();
  }

  /** Whether one more message, or the like, of somebody may pass; counts it if so. */
  public boolean takesMessage(CallSource sender) {
    return messages.takes(sender);
  }

  /** How often a limit of this kind was in the way of a call, on one trunk or altogether. */
  public long refused(LimitKind kind) {
    return Objects.requireNonNull(refused.get(kind)).sum();
  }

  void countRefused(LimitKind kind) {
    Objects.requireNonNull(refused.get(kind)).increment();
  }

  Subject everybody(Bounds bounds) {
    return new Subject(all, bounds.all(), "Drawbridge", Subject.UNAVAILABLE);
  }

  Subject trunk(Trunk trunk) {
    Meter meter = trunks.computeIfAbsent(trunk.name(), _ -> meter());
    return new Subject(
        meter, trunk.bounds().limits(), "Trunk " + trunk.name(), Subject.UNAVAILABLE);
  }

  /** A trunk as one whose limits are asked and whose calls are not counted. */
  Subject named(Trunk trunk) {
    return new Subject(all, trunk.bounds().limits(), "Trunk " + trunk.name(), Subject.UNAVAILABLE);
  }

  /** An account, and its groups as far as they are limited. */
  List<Subject> account(Aor aor, Bounds bounds) {
    UserAccount account = accounts.find(aor);
    if (account == null) {
      return List.of();
    }
    return account(aor, account, bounds);
  }

  /** Who makes a call: an account as above, or one that only a PBX knows. */
  List<Subject> payer(Aor aor, Bounds bounds) {
    UserAccount account = accounts.find(aor);
    if (account != null) {
      return account(aor, account, bounds);
    }
    Limits share = share(Limits.NONE, bounds.all().calls());
    return share.calls() == 0
        ? List.of()
        : List.of(
            new Subject(ofPhones.get(aor, _ -> meter()), share, "Account " + aor, Subject.BUSY));
  }

  private List<Subject> account(Aor aor, UserAccount account, Bounds bounds) {
    List<Subject> subjects = new ArrayList<>(2);
    Limits limits = share(account.limits(), bounds.all().calls());
    if (!limits.equals(Limits.NONE)) {
      Meter meter = ofAccounts.computeIfAbsent(aor, _ -> meter());
      subjects.add(new Subject(meter, limits, "Account " + aor, Subject.BUSY));
    }
    for (String group : account.groups()) {
      if (bounds.group(group) != Limits.NONE) {
        Meter meter = groups.computeIfAbsent(group, _ -> meter());
        subjects.add(
            new Subject(meter, bounds.group(group), "Account group " + group, Subject.BUSY));
      }
    }
    return subjects;
  }

  private static Limits share(Limits own, int allCalls) {
    return own.calls() > 0 || allCalls <= AMPLE
        ? own
        : own.withCalls(Math.max(AMPLE, allCalls / SHARE));
  }

  private Meter meter() {
    return new Meter(clock, zone);
  }
}
