package org.drawbridge.upstream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sim.Lab;
import org.drawbridge.sim.SimPhone;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.token.Tokens;
import org.drawbridge.ua.CoreParts.UpstreamParts;

/** An SBC in virtual time that keeps its trunks; what is spread at random takes its least value. */
final class UpstreamLab {

  final Lab lab;
  final TrunkBoard board;
  private final TrunkKeeper keeper;

  /** The flows that registrars took us over, in their order. */
  final List<Flow> registeredOver = new ArrayList<>();

  UpstreamLab(String config) {
    AtomicReference<Ruleset> rules = new AtomicReference<>();
    AtomicReference<TrunkBoard> made = new AtomicReference<>();
    this.lab =
        new Lab(
            config,
            CallLimits.DEFAULTS,
            (ruleset, loop) -> {
              rules.set(ruleset);
              made.set(
                  new TrunkBoard(ruleset.trunks().all(), () -> Instant.ofEpochMilli(loop.now())));
              return new UpstreamParts(made.get(), null);
            });
    this.board = made.get();
    ClientParts parts =
        new ClientParts(lab.loop(), Tokens::id, lab.core().transactions(), lab, () -> () -> 0L);
    this.keeper =
        new TrunkKeeper(rules.get().trunks().all(), List.of(parts), board, registeredOver::add);
  }

  void start() {
    keeper.start();
    lab.settle();
  }

  /** Changes to the trunks of another configuration, as a reload does. */
  void reload(String config) {
    ConfigResult read = ConfigReader.parse(config, "lab.yaml", _ -> null);
    Collection<Trunk> trunks =
        Ruleset.compile(((ConfigResult.Loaded) read).config()).trunks().all();
    board.update(trunks);
    keeper.update(trunks);
    lab.settle();
  }

  CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = keeper.stop();
    lab.settle();
    return stopped;
  }

  /** The next REGISTER that a registrar gets. */
  static SipRequest register(SimPhone registrar) {
    return registrar.expect(Method.REGISTER);
  }

  /** Takes the Contact of a REGISTER for some seconds. */
  static void accept(SimPhone registrar, SipRequest register, long seconds) {
    registrar.reply(
        register,
        200,
        null,
        "Contact: <" + register.contacts().getFirst().uri() + ">;expires=" + seconds);
  }

  /** The connection of a peer is gone. */
  void cut(SimPhone peer) {
    Flow end = peer.sbcEnd();
    end.close("gone");
    keeper.onFlowClosed(end);
    lab.settle();
  }
}
