package org.drawbridge.registrar;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.drawbridge.account.Aor;
import org.jspecify.annotations.Nullable;

/**
 * Finds addresses of record by something their bindings have in common, such as a flow: nearly
 * always one, many for the flow of a proxy. Thread-safe.
 */
final class AorIndex<K> {

  /** An immutable set of one, or a {@link HashSet} that is touched only inside compute. */
  private final ConcurrentMap<K, Set<Aor>> byKey = new ConcurrentHashMap<>();

  void add(K key, Aor aor) {
    byKey.compute(key, (same, aors) -> aors == null ? Set.of(aor) : with(aors, aor));
  }

  void remove(K key, Aor aor) {
    byKey.computeIfPresent(key, (same, aors) -> without(aors, aor));
  }

  boolean has(K key) {
    return byKey.containsKey(key);
  }

  /** One of this key, null if there is none. */
  @Nullable Aor any(K key) {
    return of(key).stream().findAny().orElse(null);
  }

  /** Whether a test holds for any of this key; it must not touch this index. */
  boolean any(K key, Predicate<Aor> test) {
    AtomicBoolean found = new AtomicBoolean();
    byKey.computeIfPresent(
        key,
        (same, aors) -> {
          found.setPlain(aors.stream().anyMatch(test));
          return aors;
        });
    return found.getPlain();
  }

  /** Those of this key at this moment. */
  Set<Aor> of(K key) {
    Set<Aor> found = new HashSet<>();
    byKey.computeIfPresent(
        key,
        (same, aors) -> {
          found.addAll(aors);
          return aors;
        });
    return found;
  }

  private static Set<Aor> with(Set<Aor> aors, Aor aor) {
    Set<Aor> grown = aors instanceof HashSet<Aor> ? aors : new HashSet<>(aors);
    grown.add(aor);
    return grown;
  }

  private static @Nullable Set<Aor> without(Set<Aor> aors, Aor aor) {
    if (!aors.contains(aor)) {
      return aors;
    }
    if (aors.size() == 1) {
      return null;
    }
    aors.remove(aor);
    return aors;
  }
}
