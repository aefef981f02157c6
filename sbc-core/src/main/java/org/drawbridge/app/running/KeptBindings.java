package org.drawbridge.app.running;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.registrar.Binding;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.registrar.ProxyPath;
import org.drawbridge.registrar.store.BindingStore;
import org.drawbridge.registrar.store.MvBindingStore;
import org.drawbridge.registrar.store.StoreException;
import org.drawbridge.registrar.store.WriteBehind;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows;
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
  private @Nullable Writing writing;

  /** Null until there is a network, and before that nobody registers. */
  private volatile @Nullable Flows network;

  private KeptBindings(byte[] secret, @Nullable BindingStore store) {
    this.secret = secret;
    this.store = store;
  }

  /** What writes, and the thread it does so on. */
  private record Writing(WriteBehind behind, ScheduledExecutorService thread) {}

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
   * Fills the bindings with what is kept and writes all changes from now on. To be called once.
   *
   * @param maxExpires how long a registration may last, in seconds
   * @throws StartFailure if the file cannot be read
   */
  void restore(Bindings bindings, InstantSource clock, int maxExpires) throws StartFailure {
    if (store == null) {
      return;
    }
    WriteBehind behind = new WriteBehind(store, aor -> kept(bindings.stored(aor)), clock);
    try {
      load(store, behind, bindings, longest(maxExpires));
    } catch (StoreException e) {
      throw new StartFailure("registrations: " + e.getMessage(), e);
    }
    bindings.watch(behind);
    writing = new Writing(behind, run(behind));
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

  private static void load(
      BindingStore store, WriteBehind behind, Bindings bindings, Duration longest)
      throws StoreException {
    store.load(
        saved -> {
          if (!saved.isEmpty() && !bindings.restore(saved, longest)) {
            behind.changed(saved.getFirst().aor(), saved, List.of());
          }
        });
    if (bindings.size() > 0) {
      LOG.info("bindings.restored contacts={}", bindings.size());
    }
  }

  private static ScheduledExecutorService run(WriteBehind behind) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bindings").daemon().factory());
    thread.scheduleWithFixedDelay(
        () -> tick(behind), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return thread;
  }

  /** A schedule ends with the first exception, and writing must not. */
  private static void tick(WriteBehind behind) {
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
    if (writing == null || store == null) {
      return;
    }
    writing.thread().execute(writing.behind()::flush);
    writing.thread().shutdown();
    try {
      if (!writing.thread().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("bindings.not-saved: the disk takes too long");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
