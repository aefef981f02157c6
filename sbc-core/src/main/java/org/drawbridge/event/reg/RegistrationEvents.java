package org.drawbridge.event.reg;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.drawbridge.account.Aor;
import org.drawbridge.event.EventSource;
import org.drawbridge.loop.Loop;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.BindingWatcher;
import org.jspecify.annotations.Nullable;

/**
 * The event package {@code reg}. A change only wakes those who watch the account: what to tell is
 * worked out later, on their loops, from what they were told before and what there is then, so that
 * many changes make one document and none is missed.
 */
public final class RegistrationEvents implements EventSource, BindingWatcher {

  /** Those who may watch one account at the same time. */
  static final int MAX_WATCHES = 20;

  /** RFC 3680 section 4.4. */
  private static final int DEFAULT_EXPIRES = 3_761;

  private final ConcurrentMap<Aor, List<RegistrationWatch>> watches = new ConcurrentHashMap<>();
  private final Function<Aor, List<Binding>> bindings;
  private final InstantSource clock;

  /**
   * Watched by nobody.
   *
   * @param bindings the live bindings of an address of record
   */
  public RegistrationEvents(Function<Aor, List<Binding>> bindings, InstantSource clock) {
    this.bindings = bindings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reg";
  }

  @Override
  public String contentType() {
    return "application/reginfo+xml";
  }

  @Override
  public int defaultExpires() {
    return DEFAULT_EXPIRES;
  }

  @Override
  public @Nullable Watch watch(Aor resource, Loop loop, Runnable changed) {
    RegistrationWatch watch = new RegistrationWatch(this, resource, loop, changed);
    List<RegistrationWatch> all =
        watches.compute(
            resource,
            (aor, before) ->
                before == null
                    ? List.of(watch)
                    : before.size() < MAX_WATCHES ? with(before, watch) : before);
    return all.contains(watch) ? watch : null;
  }

  private static List<RegistrationWatch> with(
      List<RegistrationWatch> before, RegistrationWatch watch) {
    return Stream.concat(before.stream(), Stream.of(watch)).toList();
  }

  @Override
  public void changed(Aor aor, List<Binding> before, List<Binding> after) {
    List<RegistrationWatch> watching = watches.get(aor);
    if (watching != null) {
      watching.forEach(RegistrationWatch::wake);
    }
  }

  void remove(RegistrationWatch watch) {
    watches.computeIfPresent(
        watch.resource(),
        (aor, before) -> {
          List<RegistrationWatch> left = before.stream().filter(other -> other != watch).toList();
          return left.isEmpty() ? null : left;
        });
  }

  List<Binding> current(Aor aor) {
    return bindings.apply(aor);
  }

  long now() {
    return clock.millis();
  }
}
