package org.drawbridge.app.running;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.drawbridge.account.Aor;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Shards;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.registrar.LocationService;
import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.routing.config.EdgeConfig;
import org.drawbridge.routing.config.EdgeConfig.AuthFailures;
import org.drawbridge.routing.trunk.Trunk;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.sip.flow.PrivateAddress;
import org.drawbridge.ua.CoreParts.AccountParts;
import org.drawbridge.ua.CoreParts.UpstreamParts;
import org.drawbridge.ua.KeepAlivePing;
import org.drawbridge.ua.UserAgentCore;
import org.drawbridge.upstream.ClientParts;
import org.drawbridge.upstream.RegisterRelay.RelaySettings;
import org.drawbridge.upstream.RelayTable;
import org.drawbridge.upstream.RelayedLocations;
import org.drawbridge.upstream.TrunkBoard;
import org.drawbridge.upstream.TrunkKeeper;
import org.drawbridge.upstream.TrunkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Those whom we are a client of, made and joined: trunks that we register with and probe, PBXs that
 * registrations are relayed to. Thread-safe.
 */
final class UpstreamServices {

  private static final long LEAVE_MILLIS = 2_000;
  private static final long NAT_PING_MILLIS = 25_000;
  private static final long SWEEP_MILLIS = 30_000;

  private final LiveConfig live;
  private final TrunkBoard board;
  private final RelayTable relayed;
  private final LoginGuard guard;
  private volatile @Nullable LocationService own;
  private volatile @Nullable NatKeepAlive keepAlive;
  private volatile @Nullable TrunkKeeper keeper;

  /**
   * Knows of nobody but the phones that were kept over the restart.
   *
   * @throws StartFailure if they cannot be read
   */
  UpstreamServices(LiveConfig live, KeptBindings kept) throws StartFailure {
    this.live = live;
    Ruleset rules = live.now().rules();
    EdgeConfig edge = live.now().config().edge();
    this.board = new TrunkBoard(rules.trunks().all(), SteadyTime.system());
    this.relayed =
        new RelayTable(edge.limits().registrations(), SteadyTime.system(), kept.secret());
    this.guard = Settings.guard(edge.security().authFailures(), SteadyTime.system());
    kept.restore(relayed, SteadyTime.system(), this::isRelayed);
  }

  /** What the cores see of accounts, with what they see of this. */
  AccountParts join(AccountParts accounts) {
    own = accounts.locations();
    RelaySettings relays =
        new RelaySettings(
            () -> live.now().rules().relayed(),
            relayed,
            guard,
            SteadyTime.system(),
            this::onSignedIn);
    return new AccountParts(
        accounts.register(),
        accounts.authenticator(),
        new RelayedLocations(accounts.locations(), relayed, this::isRelayed),
        accounts.secret(),
        new UpstreamParts(board, relays));
  }

  /** Who is locked out of the domains of PBXs. */
  LoginGuard guard() {
    return guard;
  }

  /** The phones that have signed in through us. */
  RelayTable relayed() {
    return relayed;
  }

  private boolean isRelayed(String domain) {
    return live.now().rules().relayed().containsKey(domain);
  }

  /** Makes room for the trunks of a configuration that is about to be put into force. */
  void expect(InForce next) {
    board.update(next.rules().trunks().all());
  }

  /** Changes to another configuration, which is in force already. */
  void update(InForce next) {
    EdgeConfig edge = next.config().edge();
    AuthFailures failures = edge.security().authFailures();
    guard.change(failures.max(), failures.within(), failures.ban());
    relayed.capacity(edge.limits().registrations());
    relayed.retain(next.rules().relayed().keySet());
    TrunkKeeper trunks = keeper;
    if (trunks != null) {
      trunks.update(next.rules().trunks().all());
    }
  }

  /** How trunks stand, in the order of the configuration. */
  List<TrunkStatus> status() {
    Map<String, Trunk> configured = live.now().config().routing().trunks();
    return board.status().stream()
        .map(status -> located(status, configured.get(status.name())))
        .toList();
  }

  /** With the contacts of one that registers with us. */
  private TrunkStatus located(TrunkStatus status, @Nullable Trunk trunk) {
    LocationService locations = own;
    Aor account = trunk == null ? null : Aor.of(trunk);
    return account == null
        ? status
        : status.with(locations == null ? 0 : locations.lookup(account).size());
  }

  /** The way back to us through a NAT is kept open as that to a phone behind one is. */
  private void onTrunkRegistered(Flow flow) {
    if (PrivateAddress.hidesUs(flow)) {
      onSignedIn(flow);
    }
  }

  private boolean isInUse(FlowId flow) {
    return relayed.isBound(flow) || board.isRegisteredOver(flow);
  }

  private void onSignedIn(Flow flow) {
    NatKeepAlive pings = keepAlive;
    if (pings != null) {
      pings.onRegistered(flow);
    }
  }

  /** Registers, probes, keeps ways through NATs open, forgets phones that are gone. */
  void start(Shards shards, List<UserAgentCore> cores, Flows flows) {
    Loop loop = shards.loops().getFirst();
    KeepAlivePing ping =
        new KeepAlivePing(cores.get(loop.index()).transactions(), () -> shards.mintCallId(loop));
    NatKeepAlive pings = new NatKeepAlive(loop, this::isInUse, NAT_PING_MILLIS, ping);
    keepAlive = pings;
    relayed.forEachFlow(id -> resume(flows.find(id), pings));
    TrunkKeeper trunks = keeper(shards, cores, flows);
    keeper = trunks;
    trunks.start();
    loop.execute(() -> sweep(loop));
  }

  /** The way to a phone that was kept over the restart. */
  private static void resume(@Nullable Flow flow, NatKeepAlive pings) {
    if (flow != null && flow.id().outlivesProcess()) {
      pings.resume(flow, ThreadLocalRandom.current().nextLong(1, NAT_PING_MILLIS));
    }
  }

  private void sweep(Loop loop) {
    loop.schedule(
        SWEEP_MILLIS,
        () -> {
          relayed.sweep();
          sweep(loop);
        });
  }

  /** A stream is gone. */
  void onFlowClosed(Flow flow) {
    relayed.onFlowClosed(flow);
    TrunkKeeper trunks = keeper;
    if (trunks != null) {
      trunks.onFlowClosed(flow);
    }
  }

  /** What registers and probes, once the cores are there; not started. */
  private TrunkKeeper keeper(Shards shards, List<UserAgentCore> cores, Flows flows) {
    List<ClientParts> clients =
        shards.loops().stream()
            .map(
                loop ->
                    new ClientParts(
                        loop,
                        () -> shards.mintCallId(loop),
                        cores.get(loop.index()).transactions(),
                        flows,
                        ThreadLocalRandom::current))
            .toList();
    return new TrunkKeeper(
        live.now().rules().trunks().all(), clients, board, this::onTrunkRegistered);
  }

  /** Takes back what was registered, for as long as that may keep a stop waiting. */
  void leave() {
    TrunkKeeper trunks = keeper;
    if (trunks != null) {
      trunks.stop().completeOnTimeout(null, LEAVE_MILLIS, TimeUnit.MILLISECONDS).join();
    }
  }
}
