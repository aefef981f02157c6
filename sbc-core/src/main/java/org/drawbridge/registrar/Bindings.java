package org.drawbridge.registrar;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * All live bindings, by address of record and by flow. Thread-safe: changes to one address of
 * record are atomic. Expired bindings are never shown and leave with the next change or {@link
 * #sweep}.
 */
public final class Bindings implements LocationService {

  private static final Logger LOG = LogManager.getLogger("org.drawbridge.registrar");

  private static final Comparator<Binding> PREFERENCE =
      Comparator.comparingInt(Binding::q)
          .reversed()
          .thenComparing(Comparator.comparingLong(Binding::expiresAt).reversed());

  private final ConcurrentMap<Aor, List<Binding>> byAor = new ConcurrentHashMap<>();
  private final AorIndex<FlowId> byFlow = new AorIndex<>();
  private final List<BindingWatcher> watchers = new CopyOnWriteArrayList<>();
  private final AorIndex<Long> byGruu = new AorIndex<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Accounts accounts;
  private final InstantSource clock;
  private volatile int capacity;
  private final TemporaryGruus gruus;

  /**
   * Starts empty.
   *
   * @param capacity how many bindings all accounts may have together
   * @param gruus reads temporary GRUUs
   */
  public Bindings(Accounts accounts, InstantSource clock, int capacity, TemporaryGruus gruus) {
    this.accounts = accounts;
    this.clock = clock;
    this.capacity = capacity;
    this.gruus = gruus;
  }

  /** Takes so many bindings from now on; those that are there stay. */
  public void capacity(int changed) {
    capacity = changed;
  }

  /**
   * Drops what belongs to accounts that there are no longer. Costs a look at every account with
   * bindings.
   */
  public void dropStrangers() {
    for (Aor aor : byAor.keySet()) {
      if (!exists(aor)) {
        change(aor, live -> List.of());
      }
    }
  }

  /** Tells of each change from now on. */
  public void watch(BindingWatcher watcher) {
    watchers.add(watcher);
  }

  @Override
  public List<Binding> lookup(Aor aor) {
    List<Binding> stored = stored(aor);
    long now = clock.millis();
    if (stored.size() == 1) {
      return isReachable(stored.getFirst(), now) ? stored : List.of();
    }
    return stored.stream().filter(binding -> isReachable(binding, now)).sorted(PREFERENCE).toList();
  }

  @Override
  public @Nullable Gruu gruu(SipUri uri) {
    String user = uri.user();
    if (user == null || !uri.params().has("gr")) {
      return null;
    }
    String gr = uri.params().raw("gr");
    if (gr != null) {
      return new Gruu.Public(new Aor(user, uri.host()), gr);
    }
    long id = gruus.idOf(user);
    Aor aor = id == 0 ? null : byGruu.any(id);
    return aor == null ? null : new Gruu.Temporary(aor, id);
  }

  /** The live bindings in order of creation, those without a flow among them. */
  public List<Binding> all(Aor aor) {
    return live(stored(aor));
  }

  /** The bindings in order of creation, expired ones that were not swept yet among them. */
  public List<Binding> stored(Aor aor) {
    return byAor.getOrDefault(aor, List.of());
  }

  /** Who has bindings, in no order: a view that others change meanwhile. */
  public Set<Aor> accounts() {
    return Collections.unmodifiableSet(byAor.keySet());
  }

  /** Visits all bindings; those that come or go meanwhile may be visited or not. */
  public void forEach(Consumer<Binding> visitor) {
    byAor.values().forEach(bindings -> bindings.forEach(visitor));
  }

  @Override
  public boolean exists(Aor aor) {
    return accounts.find(aor) != null;
  }

  /** How many bindings there are, expired ones that were not swept yet included. */
  public int size() {
    return size.get();
  }

  @Override
  public Set<Aor> over(FlowId flow) {
    return byFlow.of(flow);
  }

  /** Whether anybody is reached over this flow. */
  public boolean isBound(FlowId flow) {
    long now = clock.millis();
    return byFlow.any(
        flow,
        aor ->
            stored(aor).stream()
                .anyMatch(binding -> binding.flow().equals(flow) && binding.expiresAt() > now));
  }

  /** Whether no further binding is taken. */
  public boolean isFull() {
    return size.get() >= capacity;
  }

  /**
   * Replaces the live bindings of an address of record by what a function makes of them,
   * atomically.
   *
   * @param change gets the live bindings in order of creation and returns those to keep; must not
   *     block
   * @return the new bindings
   */
  public List<Binding> change(Aor aor, UnaryOperator<List<Binding>> change) {
    List<Binding> result =
        byAor.compute(
            aor,
            (key, stored) -> {
              List<Binding> before = stored == null ? List.of() : stored;
              List<Binding> after = List.copyOf(change.apply(live(before)));
              if (!after.equals(before)) {
                index(aor, before, after);
                size.addAndGet(after.size() - before.size());
                watchers.forEach(watcher -> watcher.changed(aor, before, after));
              }
              return after.isEmpty() ? null : after;
            });
    return result == null ? List.of() : result;
  }

  /**
   * Takes the bindings that one address of record had in an earlier process, unless it has others
   * by now: those that have not expired, whose account there still is. What came over a stream has
   * no flow until its client comes back.
   *
   * @param longest how long any of them may last from now: a process whose clock was ahead until
   *     its end kept times that are too far off
   * @return whether all were taken
   */
  public boolean restore(List<Binding> saved, Duration longest) {
    Aor aor = saved.getFirst().aor();
    if (!exists(aor) || isFull()) {
      return false;
    }
    long latest = clock.millis() + longest.toMillis();
    List<Binding> taken =
        live(saved).stream()
            .map(binding -> binding.flow().outlivesProcess() ? binding : binding.withoutFlow())
            .map(binding -> binding.until(latest))
            .toList();
    return change(aor, live -> live.isEmpty() ? taken : live).size() == saved.size();
  }

  @Override
  public void flowFailed(Binding binding) {
    List<Binding> before = stored(binding.aor());
    List<Binding> after = change(binding.aor(), live -> without(live, binding));
    if (after.size() < before.size()) {
      LOG.info("register.flow-failed aor={} contact={}", binding.aor(), binding.contactUri());
    }
  }

  private static List<Binding> without(List<Binding> live, Binding gone) {
    return live.stream()
        .filter(
            other ->
                !other.flow().equals(gone.flow()) || !other.contactUri().equals(gone.contactUri()))
        .toList();
  }

  /**
   * Takes a flow that is gone from every binding that has it.
   *
   * @param stays whether one can do without, since its proxy can be connected to
   * @return what was removed
   */
  public List<Binding> removeFlow(FlowId flow, Predicate<Binding> stays) {
    List<Binding> removed = new ArrayList<>();
    if (!byFlow.has(flow)) {
      return removed;
    }
    for (Aor aor : byFlow.of(flow)) {
      change(
          aor,
          live -> {
            List<Binding> kept = new ArrayList<>();
            for (Binding binding : live) {
              if (!binding.flow().equals(flow)) {
                kept.add(binding);
              } else if (stays.test(binding)) {
                kept.add(binding.byPath());
              } else {
                removed.add(binding);
              }
            }
            return kept;
          });
    }
    return removed;
  }

  /**
   * Drops what has expired. Costs a look at every binding: for a slow timer, not for a message
   * path.
   */
  public void sweep() {
    long now = clock.millis();
    byAor.forEach(
        (aor, bindings) -> {
          if (hasExpired(bindings, now)) {
            change(aor, UnaryOperator.identity());
          }
        });
  }

  private List<Binding> live(List<Binding> bindings) {
    long now = clock.millis();
    return hasExpired(bindings, now)
        ? bindings.stream().filter(binding -> binding.expiresAt() > now).toList()
        : bindings;
  }

  private static boolean hasExpired(List<Binding> bindings, long now) {
    for (Binding binding : bindings) {
      if (binding.expiresAt() <= now) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReachable(Binding binding, long now) {
    return binding.expiresAt() > now && binding.hasFlow();
  }

  private void index(Aor aor, List<Binding> before, List<Binding> after) {
    indexGruus(aor, before, after);
    for (Binding binding : after) {
      if (binding.hasFlow() && !uses(before, binding.flow())) {
        byFlow.add(binding.flow(), binding.aor());
      }
    }
    for (Binding binding : before) {
      if (!uses(after, binding.flow())) {
        byFlow.remove(binding.flow(), aor);
      }
    }
  }

  private void indexGruus(Aor aor, List<Binding> before, List<Binding> after) {
    for (Binding binding : after) {
      if (binding.gruu() != 0 && !uses(before, binding.gruu())) {
        byGruu.add(binding.gruu(), binding.aor());
      }
    }
    for (Binding binding : before) {
      if (binding.gruu() != 0 && !uses(after, binding.gruu())) {
        byGruu.remove(binding.gruu(), aor);
      }
    }
  }

  private static boolean uses(List<Binding> bindings, long gruu) {
    for (Binding binding : bindings) {
      if (binding.gruu() == gruu) {
        return true;
      }
    }
    return false;
  }

  private static boolean uses(List<Binding> bindings, FlowId flow) {
    for (Binding binding : bindings) {
      if (binding.flow().equals(flow)) {
        return true;
      }
    }
    return false;
  }
}
