package org.drawbridge.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.routing.trunk.TrunkRegistration;
import org.drawbridge.routing.trunk.TrunkTls;
import org.drawbridge.routing.value.SipTarget;
import org.drawbridge.sip.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Registers with all trunks that want it and probes their targets. Thread-safe: each trunk's
 * machines live on one of the signalling loops.
 */
public final class TrunkKeeper {

  private final List<ClientParts> loops;
  private final TrunkBoard board;
  private final Consumer<Flow> onRegistered;
  private final Map<String, Kept> registrants = new ConcurrentHashMap<>();
  private final Map<Probe, Probed> probes = new HashMap<>();
  private Collection<Trunk> trunks;

  private record Kept(
      ClientParts parts, Trunk trunk, TrunkRegistration registration, Registrant registrant) {

    /** Whether it would do nothing else for the trunk as it is now. */
    boolean does(Trunk now) {
      return registration.equals(now.care().registration())
          && trunk.targets().equals(now.targets())
          && trunk.tls().equals(now.tls())
          && trunk.tryTimeout().equals(now.tryTimeout());
    }
  }

  /** What a probe does; one that stays the same goes on over a reload. */
  private record Probe(
      String trunk,
      SipTarget target,
      Duration interval,
      TrunkTls tls,
      Duration tryTimeout,
      @Nullable String fromDomain) {

    static Probe of(Trunk trunk, SipTarget target, Duration interval) {
      return new Probe(
          trunk.name(), target, interval, trunk.tls(), trunk.tryTimeout(), trunk.fromDomain());
    }
  }

  private record Probed(ClientParts parts, TargetProbe probe) {}

  /**
   * Does nothing until it is started.
   *
   * @param loops what requests are sent with, for each signalling loop
   * @param onRegistered told on any of them whenever a registrar has taken us, over which flow
   */
  public TrunkKeeper(
      Collection<Trunk> trunks,
      List<ClientParts> loops,
      TrunkBoard board,
      Consumer<Flow> onRegistered) {
    this.onRegistered = onRegistered;
    this.trunks = List.copyOf(trunks);
    this.loops = List.copyOf(loops);
    this.board = board;
  }

  /** Begins, as soon as sockets are open. */
  public synchronized void start() {
    update(trunks);
  }

  /**
   * Changes to other trunks, which the board knows already: registers and probes those that are
   * new, signs out of those that are gone, and leaves alone whatever is the same.
   */
  public synchronized void update(Collection<Trunk> changed) {
    trunks = List.copyOf(changed);
    updateRegistrants();
    updateProbes();
  }

  private void updateRegistrants() {
    Map<String, Kept> left = new HashMap<>(registrants);
    for (Trunk trunk : trunks) {
      TrunkRegistration registration = trunk.care().registration();
      Kept before = left.get(trunk.name());
      if (before != null && before.does(trunk)) {
        left.remove(trunk.name());
      } else if (registration != null) {
        left.remove(trunk.name());
        replace(before, trunk, registration);
      }
    }
    left.forEach(
        (name, kept) -> {
          registrants.remove(name);
          kept.parts.loop().execute(() -> kept.registrant.stop(() -> {}));
        });
  }

  /** The old Contact is taken back first: it may be the same as the new one. */
  private void replace(@Nullable Kept before, Trunk trunk, TrunkRegistration registration) {
    ClientParts parts = partsOf(trunk);
    Registrant registrant = new Registrant(trunk, registration, parts, board, onRegistered);
    registrants.put(trunk.name(), new Kept(parts, trunk, registration, registrant));
    Runnable start = () -> parts.loop().execute(registrant::round);
    if (before == null) {
      start.run();
    } else {
      before.parts.loop().execute(() -> before.registrant.stop(start));
    }
  }

  private void updateProbes() {
    Map<Probe, Probed> left = new HashMap<>(probes);
    for (Trunk trunk : trunks) {
      Duration interval = trunk.care().probe();
      if (interval != null) {
        trunk.targets().forEach(target -> probe(trunk, target, interval, left));
      }
    }
    left.forEach(
        (probe, probed) -> {
          probes.remove(probe);
          probed.parts.loop().execute(probed.probe::stop);
        });
  }

  private void probe(Trunk trunk, SipTarget target, Duration interval, Map<Probe, Probed> before) {
    Probe probe = Probe.of(trunk, target, interval);
    if (before.remove(probe) == null) {
      probes.computeIfAbsent(probe, added -> started(trunk, target, interval));
    }
  }

  private Probed started(Trunk trunk, SipTarget target, Duration interval) {
    ClientParts parts = partsOf(trunk);
    TargetProbe probe = new TargetProbe(trunk, target, interval, parts, board);
    parts.loop().execute(probe::start);
    return new Probed(parts, probe);
  }

  /** Always the same loop for the same trunk. */
  private ClientParts partsOf(Trunk trunk) {
    return loops.get(Math.floorMod(trunk.name().hashCode(), loops.size()));
  }

  /** A stream is gone. */
  public void onFlowClosed(Flow flow) {
    for (Kept kept : registrants.values()) {
      kept.parts.loop().execute(() -> kept.registrant.onFlowClosed(flow));
    }
  }

  /**
   * Takes back all registrations and stops probing.
   *
   * @return done when each registrar has answered or does not matter any more; one that is silent
   *     takes as long as its transaction
   */
  public synchronized CompletableFuture<Void> stop() {
    probes.values().forEach(probed -> probed.parts.loop().execute(probed.probe::stop));
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Kept kept : registrants.values()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      kept.parts.loop().execute(() -> kept.registrant.stop(() -> done.complete(null)));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }
}
