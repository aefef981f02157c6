package org.drawbridge.registrar;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.drawbridge.account.Accounts;
import org.drawbridge.account.Aor;
import org.drawbridge.sip.flow.FlowId;

/**
 * All live bindings, by address of record and by flow. Thread-safe: changes to one address of
 * record are atomic. Expired bindings are never shown and leave with the next change or {@link
 * #sweep}.
 */
public final class Bindings implements LocationService {

  private static final Comparator<Binding> PREFERENCE =
      Comparator.comparingInt(Binding::q)
          .reversed()
          .thenComparing(Comparator.comparingLong(Binding::expiresAt).reversed());

  private final ConcurrentMap<Aor, List<Binding>> byAor = new ConcurrentHashMap<>();
  private final ConcurrentMap<FlowId, Set<Aor>> byFlow = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Accounts accounts;
  private final InstantSource clock;
  private final int capacity;

  /**
   * Starts empty.
   *
   * @param capacity how many bindings all accounts may have together
   */
  public Bindings(Accounts accounts, InstantSource clock, int capacity) {
    this.accounts = accounts;
    this.clock = clock;
    this.capacity = capacity;
  }

  @Override
  public List<Binding> lookup(Aor aor) {
    return byAor.getOrDefault(aor, List.of()).stream()
        .filter(this::isLive)
        .sorted(PREFERENCE)
        .toList();
  }

  @Override
  public boolean exists(Aor aor) {
    return accounts.find(aor) != null;
  }

  /** How many bindings there are, expired ones that were not swept yet included. */
  public int size() {
    return size.get();
  }

  /** Whether anybody is reached over this flow. */
  public boolean isBound(FlowId flow) {
    Set<Aor> aors = byFlow.get(flow);
    return aors != null
        && aors.stream()
            .flatMap(aor -> byAor.getOrDefault(aor, List.of()).stream())
            .anyMatch(binding -> binding.flow().equals(flow) && isLive(binding));
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
              List<Binding> after = change.apply(before.stream().filter(this::isLive).toList());
              index(aor, before, after);
              size.addAndGet(after.size() - before.size());
              return after.isEmpty() ? null : List.copyOf(after);
            });
    return result == null ? List.of() : result;
  }

  /** Removes every binding of a flow that is gone. Returns what was removed. */
  public List<Binding> removeFlow(FlowId flow) {
    List<Binding> removed = new ArrayList<>();
    Set<Aor> aors = byFlow.get(flow);
    if (aors == null) {
      return removed;
    }
    for (Aor aor : List.copyOf(aors)) {
      change(
          aor,
          live -> {
            List<Binding> kept = new ArrayList<>(live);
            kept.removeIf(
                binding -> {
                  boolean gone = binding.flow().equals(flow);
                  if (gone) {
                    removed.add(binding);
                  }
                  return gone;
                });
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
    byAor.keySet().forEach(aor -> change(aor, UnaryOperator.identity()));
  }

  private boolean isLive(Binding binding) {
    return binding.expiresAt() > clock.millis();
  }

  private void index(Aor aor, List<Binding> before, List<Binding> after) {
    for (Binding binding : after) {
      byFlow.compute(
          binding.flow(),
          (flow, aors) -> {
            Set<Aor> indexed = aors == null ? ConcurrentHashMap.newKeySet() : aors;
            indexed.add(aor);
            return indexed;
          });
    }
    for (Binding binding : before) {
      if (after.stream().noneMatch(kept -> kept.flow().equals(binding.flow()))) {
        byFlow.computeIfPresent(
            binding.flow(),
            (flow, aors) -> {
              aors.remove(aor);
              return aors.isEmpty() ? null : aors;
            });
      }
    }
  }
}
