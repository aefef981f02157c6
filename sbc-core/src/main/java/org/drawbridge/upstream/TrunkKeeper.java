package org.drawbridge.upstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.flow.Flow;

/**
 * Registers with all trunks that want it and probes their targets. Thread-safe: each trunk's
 * machines live on one of the signalling loops.
 */
public final class TrunkKeeper {

  private final List<Kept> registrants = new ArrayList<>();
  private final List<Probed> probes = new ArrayList<>();

  private record Kept(ClientParts parts, Registrant registrant) {}

  private record Probed(ClientParts parts, TargetProbe probe) {}

  /**
   * Does nothing until it is started.
   *
   * @param loops what requests are sent with, for each signalling loop
   */
  public TrunkKeeper(Collection<Trunk> trunks, List<ClientParts> loops, TrunkBoard board) {
    int turn = 0;
    for (Trunk trunk : trunks) {
      ClientParts parts = loops.get(turn++ % loops.size());
      var registration = trunk.care().registration();
      if (registration != null) {
        registrants.add(new Kept(parts, new Registrant(trunk, registration, parts, board)));
      }
      var interval = trunk.care().probe();
      if (interval != null) {
        trunk
            .targets()
            .forEach(
                t ->
                    probes.add(
                        new Probed(parts, new TargetProbe(trunk, t, interval, parts, board))));
      }
    }
  }

  /** Begins, as soon as sockets are open. */
  public void start() {
    registrants.forEach(kept -> kept.parts().loop().execute(kept.registrant()::round));
    probes.forEach(probed -> probed.parts().loop().execute(probed.probe()::start));
  }

  /** A stream is gone. */
  public void onFlowClosed(Flow flow) {
    for (Kept kept : registrants) {
      kept.parts().loop().execute(() -> kept.registrant().onFlowClosed(flow));
    }
  }

  /**
   * Takes back all registrations and stops probing.
   *
   * @return done when each registrar has answered or does not matter any more; one that is silent
   *     takes as long as its transaction
   */
  public CompletableFuture<Void> stop() {
    probes.forEach(probed -> probed.parts().loop().execute(probed.probe()::stop));
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Kept kept : registrants) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      kept.parts().loop().execute(() -> kept.registrant().stop(() -> done.complete(null)));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }
}
