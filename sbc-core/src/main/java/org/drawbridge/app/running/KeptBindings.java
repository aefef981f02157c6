package org.drawbridge.app.running;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.account.Aor;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.registrar.store.BindingStore;
import org.drawbridge.registrar.store.KeptPhone;
import org.drawbridge.registrar.store.KeptTable;
import org.drawbridge.registrar.store.MvBindingStore;
import org.drawbridge.registrar.store.StoreException;
import org.drawbridge.registrar.store.WriteBehind;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.upstream.RelayTable;
import org.jspecify.annotations.Nullable;

/**
 * Bindings that outlive the process: read at the start, written by a thread of their own after each
 * change. Thread-safe.
 */
final class KeptBindings implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(KeptBindings.class);

  private static final long TICK_MILLIS = 200;
  private static final long CLOSE_SECONDS = 5;
  private static final int SECRET_BYTES = 16;
  private static final int USUAL_SECONDS = 3_600;

  private final byte[] secret;
  private final @Nullable BindingStore store;
  private final List<WriteBehind<?>> behinds = new ArrayList<>();
  private @Nullable ScheduledExecutorService thread;

  /** Null until there is a network, and before that nobody registers. */
  private volatile @Nullable Flows network;

  private KeptBindings(byte[] secret, @Nullable BindingStore store) {
    this.secret = secret;
    this.store = store;
  }

  /**
   * Opens the file.
   *
   * @param file null to keep nothing
   * @throws StartFailure if it cannot be used
   */
  static KeptBindings open(@Nullable Path file) throws StartFailure {
    if (file == null) {
      byte[] secret = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(secret);
      return new KeptBindings(secret, null);
    }
    try {
      BindingStore store = MvBindingStore.open(file);
      return new KeptBindings(store.secret(), store);
    } catch (StoreException e) {
      throw new StartFailure("registrations in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Random bytes that are the same after a restart, if anything is kept. */
  byte[] secret() {
    return secret.clone();
  }

  /**
   * Fills the bindings with what is kept and notes all changes from now on. To be called once.
   *
   * @param maxExpires how long a registration may last, in seconds
   * @throws StartFailure if the file cannot be read
   */
  void restore(Bindings bindings, InstantSource clock, int maxExpires) throws StartFailure {
    if (store == null) {
      return;
    }
    WriteBehind<Binding> behind =
        new WriteBehind<>(store.bindings(), aor -> kept(bindings.stored(aor)), clock);
    Duration longest = longest(maxExpires);
    load(
        store.bindings(),
        saved -> {
          if (!bindings.restore(saved, longest)) {
            behind.changed(saved.getFirst().aor(), saved, List.of());
          }
        });
    if (bindings.size() > 0) {
      LOG.info("bindings.restored contacts={}", bindings.size());
    }
    bindings.watch(behind);
    behinds.add(behind);
  }

  /**
   * The same for phones that have signed in through us.
   *
   * @param isRelayed whether a domain is still one of a PBX behind us
   */
  void restore(RelayTable phones, InstantSource clock, Predicate<String> isRelayed)
      throws StartFailure {
    if (store == null) {
      return;
    }
    WriteBehind<KeptPhone> behind = new WriteBehind<>(store.phones(), phones::kept, clock);
    load(
        store.phones(),
        saved -> {
          Aor account = saved.getFirst().binding().aor();
          if (isRelayed.test(account.domain())) {
            phones.restore(saved);
          }
          behind.changed(account, List.of(), List.of(saved.getFirst().binding()));
        });
    if (phones.size() > 0) {
      LOG.info("relay.restored phones={}", phones.size());
    }
    phones.watch(behind);
    behinds.add(behind);
  }

  private static <T> void load(KeptTable<T> table, Consumer<List<T>> to) throws StartFailure {
    try {
      table.load(
          saved -> {
            if (!saved.isEmpty()) {
              to.accept(saved);
            }
          });
    } catch (StoreException e) {
      throw new StartFailure("registrations: " + e.getMessage(), e);
    }
  }

  private List<Binding> kept(List<Binding> stored) {
    Flows flows = network;
    return flows == null
        ? stored
        : stored.stream().map(binding -> ProxyPath.kept(binding, flows)).toList();
  }

  /** Phones that were given an hour under another configuration have yet to come back. */
  private static Duration longest(int maxExpires) {
    return Duration.ofSeconds(Math.max(maxExpires, USUAL_SECONDS));
  }

  /** Writes from now on, on a thread of its own. To be called once, when all is restored. */
  void start() {
    if (store == null) {
      return;
    }
    ScheduledExecutorService writer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bindings").daemon().factory());
    behinds.forEach(
        behind ->
            writer.scheduleWithFixedDelay(
                () -> tick(behind), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
    thread = writer;
  }

  /** A schedule ends with the first exception, and writing must not. */
  private static void tick(WriteBehind<?> behind) {
    try {
      behind.tick();
    } catch (RuntimeException e) {
      LOG.error("Fault while saving bindings", e);
    }
  }

  /**
   * There is a network from now on: the NATs of restored UDP phones are kept open, the first pings
   * spread over one interval. To be called once, before the first request.
   */
  void onNetwork(Bindings bindings, Flows flows, NatKeepAlive keepAlive, long intervalMillis) {
    network = flows;
    AtomicLong number = new AtomicLong();
    bindings.forEach(binding -> resume(binding, flows, keepAlive, number, intervalMillis));
  }

  private static void resume(
      Binding binding, Flows flows, NatKeepAlive keepAlive, AtomicLong number, long interval) {
    Flow flow = binding.hasFlow() ? flows.find(binding.flow()) : null;
    if (flow != null && binding.flow().outlivesProcess()) {
      keepAlive.resume(flow, 1 + number.getAndIncrement() % interval);
    }
  }

  /** Writes what is not written yet; changes from now on are lost. */
  @Override
  public void close() {
    if (store == null) {
      return;
    }
    ScheduledExecutorService writer = thread;
    if (writer == null || flushed(writer)) {
      store.close();
    }
  }

  private boolean flushed(ScheduledExecutorService writer) {
    behinds.forEach(behind -> writer.execute(behind::flush));
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("bindings.not-saved: the disk takes too long");
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
