package org.drawbridge.registrar.store;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.BindingWatcher;

/**
 * Notes whose bindings have changed and saves them later, many at once. What waits is a set of
 * addresses of record and not a queue of changes, so it is never larger than the accounts there are
 * and a hundred changes to one account cost one save. What only prolongs a binding waits longer:
 * losing it costs nothing as long as the old end is far off. {@link #changed} never blocks and may
 * be called by any thread; the rest belongs to one thread.
 */
public final class WriteBehind<T> implements BindingWatcher {

  private static final Logger LOG = LogManager.getLogger(WriteBehind.class);

  /** How long a mere refresh may wait, in ms. */
  static final long REFRESH_DELAY = 5_000;

  /** A binding that was to end sooner than this is saved at once when it is refreshed, in ms. */
  static final long SHORT_OF_TIME = 60_000;

  /** After a failure the store is left alone for this long, in ms. */
  static final long RETRY_DELAY = 10_000;

  private final Set<Aor> changed = ConcurrentHashMap.newKeySet();
  private final Set<Aor> refreshed = ConcurrentHashMap.newKeySet();
  private final KeptTable<T> store;
  private final Function<Aor, List<T>> current;
  private final InstantSource clock;
  private long refreshesDue;
  private long notBefore;
  private boolean failing;

  /**
   * Saves nothing until it is told of a change.
   *
   * @param current what an address of record has when it is saved
   */
  public WriteBehind(KeptTable<T> store, Function<Aor, List<T>> current, InstantSource clock) {
    this.store = store;
    this.current = current;
    this.clock = clock;
    this.refreshesDue = clock.millis() + REFRESH_DELAY;
  }

  @Override
  public void changed(Aor aor, List<Binding> before, List<Binding> after) {
    (isRefresh(before, after) ? refreshed : changed).add(aor);
  }

  private boolean isRefresh(List<Binding> before, List<Binding> after) {
    if (before.size() != after.size()) {
      return false;
    }
    long soon = clock.millis() + SHORT_OF_TIME;
    for (int i = 0; i < before.size(); i++) {
      Binding old = before.get(i);
      Binding now = after.get(i);
      if (old != now && (old.expiresAt() < soon || !old.isRefreshedBy(now))) {
        return false;
      }
    }
    return true;
  }

  /** Saves what is due; to be called several times a second. */
  public void tick() {
    long now = clock.millis();
    if (now < notBefore) {
      return;
    }
    Map<Aor, List<T>> batch = new HashMap<>();
    take(changed, batch);
    if (now >= refreshesDue) {
      refreshesDue = now + REFRESH_DELAY;
      take(refreshed, batch);
    }
    save(batch, now);
  }

  /** Saves everything that waits, before the store is closed. */
  public void flush() {
    Map<Aor, List<T>> batch = new HashMap<>();
    take(changed, batch);
    take(refreshed, batch);
    save(batch, clock.millis());
  }

  /** A change that comes after its address was taken puts it back, and is saved next time. */
  private void take(Set<Aor> from, Map<Aor, List<T>> batch) {
    for (Iterator<Aor> aors = from.iterator(); aors.hasNext(); ) {
      Aor aor = aors.next();
      aors.remove();
      batch.put(aor, current.apply(aor));
    }
  }

  private void save(Map<Aor, List<T>> batch, long now) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      store.save(batch);
      if (failing) {
        LOG.info("bindings.saved-again accounts={}", batch.size());
      }
      failing = false;
    } catch (StoreException e) {
      changed.addAll(batch.keySet());
      notBefore = now + RETRY_DELAY;
      if (!failing) {
        LOG.error(
            "bindings.not-saved accounts={} reason=\"{}\": a restart would forget them",
            changed.size(),
            e.getMessage());
      }
      failing = true;
    }
  }
}
