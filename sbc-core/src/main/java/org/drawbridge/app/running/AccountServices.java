package org.drawbridge.app.running;

import java.time.InstantSource;
import java.util.List;
import org.drawbridge.account.Accounts;
import org.drawbridge.event.Notifier;
import org.drawbridge.event.reg.RegistrationEvents;
import org.drawbridge.loop.Loop;
import org.drawbridge.loop.Shards;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.registrar.Bindings;
import org.drawbridge.registrar.NatKeepAlive;
import org.drawbridge.registrar.Registrar;
import org.drawbridge.registrar.TemporaryGruus;
import org.drawbridge.routing.config.EdgeConfig;
import org.drawbridge.routing.config.EdgeConfig.AuthFailures;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.sip.auth.DigestAuthenticator;
import org.drawbridge.sip.flow.Flows;
import org.drawbridge.ua.AccountEvents;
import org.drawbridge.ua.CoreParts.AccountParts;
import org.drawbridge.ua.KeepAlivePing;
import org.drawbridge.ua.UserAgentCore;

/**
 * Everything about accounts, made and joined: who they are, where they are, and what keeps them
 * there.
 *
 * @param bindings where accounts are reached
 * @param registrar answers REGISTER
 * @param registrations the registrar, and pings
 * @param parts what the cores see of this
 * @param kept what outlives a restart
 * @param authenticator asks senders who they are
 */
record AccountServices(
    Bindings bindings,
    Registrar registrar,
    KeptRegistrations registrations,
    AccountParts parts,
    KeptBindings kept,
    DigestAuthenticator authenticator) {

  private static final long NAT_PING_MILLIS = 25_000;
  private static final long SWEEP_MILLIS = 60_000;

  /** Of one loop. */
  private static final int MAX_SUBSCRIPTIONS = 20_000;

  /**
   * Makes them and reads what was kept over the restart.
   *
   * @throws StartFailure if that file cannot be used
   */
  static AccountServices open(LiveConfig live) throws StartFailure {
    InstantSource clock = SteadyTime.system();
    SbcConfig config = live.now().config();
    Accounts accounts = live.accounts();
    KeptBindings kept = KeptBindings.open(config.accounts().registrar().store());
    TemporaryGruus gruus = new TemporaryGruus(kept.secret());
    Bindings bindings =
        new Bindings(accounts, clock, config.edge().limits().registrations(), gruus);
    kept.restore(bindings, clock, live.now().registrar().maxExpires());
    DigestAuthenticator authenticator =
        Settings.authenticator(config, new TrunkLogins(accounts, live), clock);
    Registrar registrar =
        new Registrar(
            accounts, authenticator, bindings, () -> live.now().registrar(), clock, gruus);
    KeptRegistrations registrations = new KeptRegistrations(registrar);
    AccountParts parts = new AccountParts(registrations, authenticator, bindings, kept::secret);
    return new AccountServices(bindings, registrar, registrations, parts, kept, authenticator);
  }

  /** Tells those who subscribe who is registered; to be called before the first request. */
  void serveEvents(Shards shards, List<UserAgentCore> cores, LiveConfig live) {
    RegistrationEvents events = new RegistrationEvents(bindings::all, SteadyTime.system());
    bindings.watch(events);
    for (Loop loop : shards.loops()) {
      UserAgentCore core = cores.get(loop.index());
      Notifier notifier =
          new Notifier(loop, core.transactions(), List.of(events), MAX_SUBSCRIPTIONS);
      core.serve(new AccountEvents(notifier, bindings, trunk -> mayWatch(live, trunk)));
    }
  }

  private static boolean mayWatch(LiveConfig live, String trunk) {
    return live.now().config().accounts().registrar().watchers().contains(trunk);
  }

  /** Changes to another configuration; who is registered stays, if the account does. */
  void update(InForce next) {
    EdgeConfig edge = next.config().edge();
    bindings.capacity(edge.limits().registrations());
    bindings.dropStrangers();
    AuthFailures failures = edge.security().authFailures();
    authenticator.change(failures.max(), failures.within(), failures.ban());
  }

  /** Pings phones behind NATs and drops what has expired, from now on. */
  void keep(Shards shards, List<UserAgentCore> cores, Flows flows) {
    Loop loop = shards.loops().getFirst();
    KeepAlivePing ping =
        new KeepAlivePing(cores.get(loop.index()).transactions(), () -> shards.mintCallId(loop));
    NatKeepAlive keepAlive = new NatKeepAlive(loop, bindings, NAT_PING_MILLIS, ping);
    registrations.keepAlive(keepAlive);
    kept.onNetwork(bindings, flows, keepAlive, NAT_PING_MILLIS);
    loop.execute(() -> sweep(loop));
  }

  private void sweep(Loop loop) {
    loop.schedule(
        SWEEP_MILLIS,
        () -> {
          bindings.sweep();
          sweep(loop);
        });
  }
}
