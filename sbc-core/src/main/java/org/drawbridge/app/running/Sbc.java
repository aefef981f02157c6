package org.drawbridge.app.running;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.config.Configurator;
import org.drawbridge.account.Accounts;
import org.drawbridge.app.explain.Explainer;
import org.drawbridge.b2bua.CallCenter;
import org.drawbridge.b2bua.CallCounters;
import org.drawbridge.limit.Meters;
import org.drawbridge.loop.HeapPressure;
import org.drawbridge.loop.Shards;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.loop.SteadyTime;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.net.UdpMediaPlane;
import org.drawbridge.media.session.DefaultMediaEngine;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routeservice.HttpRouteServices;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.value.FileWords;
import org.drawbridge.routing.value.TlsIdentity;
import org.drawbridge.sip.auth.LoginGuard;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.sip.transport.BoundListener;
import org.drawbridge.sip.transport.SocketLoop;
import org.drawbridge.sip.transport.Transports;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.drawbridge.ua.CoreParts;
import org.drawbridge.ua.Doors;
import org.drawbridge.ua.InnerNetwork;
import org.drawbridge.ua.UserAgentCore;

/**
 * A running session border controller: the one place where all parts are made and joined.
 * Thread-safe.
 */
public final class Sbc implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(Sbc.class);

  private static final int QUEUE_CAPACITY = 100_000;
  private static final long END_CALLS_MILLIS = 5_000;

  private final LiveConfig live;
  private final Signalling signalling;
  private final DefaultMediaEngine media;
  private final Transports transports;
  private final AccountServices services;
  private final UpstreamServices upstream;
  private final Counters counters;
  private final LiveMetrics metrics;
  private final LiveView view;
  private volatile OwnCertificates certificates = new OwnCertificates(Map.of());

  private Sbc(
      LiveConfig live,
      Signalling signalling,
      DefaultMediaEngine media,
      Transports transports,
      AccountServices services,
      UpstreamServices upstream,
      Counters counters) {
    this.live = live;
    this.signalling = signalling;
    this.media = media;
    this.transports = transports;
    this.services = services;
    this.upstream = upstream;
    this.counters = counters;
    this.metrics = new LiveMetrics(counters);
    this.view = new LiveView(upstream, services.parts().locations(), live, signalling.meters());
  }

  /**
   * Starts everything or nothing.
   *
   * @throws StartFailure naming what is in the way: a port, a certificate, a file
   */
  public static Sbc start(SbcConfig config, Accounts accounts) throws StartFailure {
    return start(config, accounts, HeadStart.begin());
  }

  /** The same with what was begun before. */
  public static Sbc start(SbcConfig config, Accounts accounts, HeadStart head) throws StartFailure {
    logAt(config);
    makeCertificates(config);
    List<SocketLoop> sockets = IntStream.range(0, loopCount()).mapToObj(SocketLoop::new).toList();
    LiveConfig live = new LiveConfig(InForce.of(config, accounts));
    Transports transports =
        new Transports(
            Settings.listeners(config),
            Settings.outgoing(config),
            Settings.transportLimits(config.edge().limits()),
            request -> live.now().pages().respond(request),
            sockets);
    DefaultMediaEngine media = media(config, head);
    HeapPressure memory = new HeapPressure();
    HeapWatch.tell(memory);
    List<SignallingLoop> loops =
        IntStream.range(0, sockets.size())
            .mapToObj(i -> new SignallingLoop(i, QUEUE_CAPACITY, sockets.get(i), memory))
            .toList();
    Shards shards = new Shards(loops);

    AccountServices services = AccountServices.open(live);
    UpstreamServices upstream = new UpstreamServices(live, services.kept());
    services.kept().start();
    Counters counters = new Counters();
    CallCounters calls = new CallCounters(counters);
    Meters meters = new Meters(live.accounts(), InstantSource.system(), ZoneId.systemDefault());
    CoreParts parts =
        new CoreParts(
            shards,
            transports,
            upstream.join(services.parts()),
            () -> live.now().rules(),
            media,
            new CoreParts.Bounds(() -> live.now().calls(), TransactionSettings.DEFAULTS, meters),
            calls);
    InnerNetwork network = new InnerNetwork(shards);
    List<UserAgentCore> cores =
        loops.stream().map(loop -> new UserAgentCore(loop, parts, network)).toList();
    services.serveEvents(shards, cores, live);
    Signalling signalling = Signalling.join(loops, cores, new HttpRouteServices(counters), meters);
    ProcessCounters.show(counters, transports, cores);
    ProcessCounters.show(counters, meters);
    ProcessCounters.show(counters, media);
    ProcessCounters.show(counters, signalling, services, upstream);
    counters.limit("heap", memory::times);
    Sbc sbc = new Sbc(live, signalling, media, transports, services, upstream, counters);
    sbc.openMetrics(config);
    sbc.listen(
        new Dispatcher(
            shards,
            cores,
            services.registrar(),
            upstream,
            () -> live.now().config().edge().security().dropUserAgents()));
    upstream.start(shards, cores, transports);
    services.keep(shards, cores, transports);
    return sbc;
  }

  /**
   * Changes to another configuration, all of it or nothing; calls, registrations and connections
   * stay. Blocks; not to be called on a loop.
   *
   * @param accounts those of that configuration
   * @return what waits for a restart, in words for an operator
   * @throws StartFailure naming what is in the way; then nothing has changed
   */
  synchronized List<String> reload(SbcConfig wanted, Accounts accounts) throws StartFailure {
    Restart plan = Restart.between(live.now().config(), wanted);
    SbcConfig config = plan.config();
    InForce next = InForce.of(config, accounts, live.now());
    demandCertificates(config);
    makeCertificates(config);
    LiveMetrics.Change endpoint = metrics.prepare(config.operation().metrics());
    Transports.Change sockets = prepare(config, endpoint);
    upstream.expect(next);
    live.set(next);
    sockets.commit();
    endpoint.commit();
    upstream.update(next);
    services.update(next);
    media.codecs(Settings.codecs(config.media()));
    certificates = OwnCertificates.of(config);
    logAt(config);
    return plan.later();
  }

  /** The certificates that it shows now. Any thread. */
  public OwnCertificates certificates() {
    return certificates;
  }

  private void watchCertificates(SbcConfig config) {
    certificates = OwnCertificates.of(config);
    certificates.warnings().forEach(warning -> LOG.warn("certificate {}", warning));
    counters.gauge(
        "drawbridge_certificate_expiry_timestamp_seconds",
        "When the first certificate that we show expires, in seconds since 1970, 0 without one",
        () -> certificates.firstEnd());
  }

  private void openMetrics(SbcConfig config) throws StartFailure {
    watchCertificates(config);
    try {
      metrics.prepare(config.operation().metrics()).commit();
    } catch (StartFailure e) {
      close();
      throw e;
    }
  }

  private Transports.Change prepare(SbcConfig config, LiveMetrics.Change endpoint)
      throws StartFailure {
    try {
      return transports.prepare(
          Settings.listeners(config),
          Settings.outgoing(config),
          Settings.transportLimits(config.edge().limits()));
    } catch (IOException e) {
      endpoint.discard();
      throw new StartFailure(e.getMessage(), e);
    }
  }

  private static void logAt(SbcConfig config) {
    Configurator.setLevel("org.drawbridge", Level.valueOf(config.logging().level().name()));
  }

  /** The sockets that take SIP, in the order of the configuration. */
  public List<BoundListener> listeners() {
    return transports.boundAddresses();
  }

  /** How many calls are up, on all loops together. May be a moment old. */
  public int calls() {
    return signalling.calls();
  }

  /** How many calls are only passed on ({@code mode: proxy}). May be a moment old. */
  public int passedOnCalls() {
    return signalling.passedOn();
  }

  /** How many calls pass through, those among them that are only passed on. May be a moment old. */
  public int allCalls() {
    return calls() + passedOnCalls();
  }

  /** Who is let in. */
  public Doors doors() {
    return signalling.doors();
  }

  /** Asks the calls of each loop, on that loop; a loop that is too busy is left out. */
  public <T> List<T> askCalls(Function<CallCenter, List<T>> question) {
    return CallList.gather(
        signalling.loops(), loop -> signalling.cores().get(loop).calls(), question);
  }

  /** How many devices are registered with us. */
  int registrations() {
    return services.bindings().size();
  }

  /** How many phones are registered through us at a PBX. */
  int relayedRegistrations() {
    return upstream.relayed().size();
  }

  /** Which devices are registered, with us and through us. */
  public RegistrationList registrationList() {
    return new RegistrationList(
        services.bindings(), upstream.relayed(), transports::find, SteadyTime.system());
  }

  /** Who is locked out, of our accounts and of those of PBXs. */
  public List<LoginGuard> guards() {
    return List.of(services.authenticator().guard(), upstream.guard());
  }

  /** How trunks and devices stand. */
  LiveView view() {
    return view;
  }

  /** Rehearses calls with the configuration in force. */
  public Explainer explainer() {
    InForce now = live.now();
    return new Explainer(now.config(), now.accounts(), view, true);
  }

  /** What it counts and measures of itself. */
  public Counters counters() {
    return counters;
  }

  /**
   * Hangs up all calls, takes back what we registered with others and closes all sockets. Waits a
   * few seconds at most.
   */
  @Override
  public void close() {
    endCalls();
    metrics.close();
    upstream.leave();
    services.kept().close();
    transports.close();
    signalling.services().close();
    signalling.loops().forEach(SignallingLoop::close);
    media.close();
  }

  private void endCalls() {
    CountDownLatch ended = new CountDownLatch(signalling.loops().size());
    for (SignallingLoop loop : signalling.loops()) {
      UserAgentCore core = signalling.cores().get(loop.index());
      loop.execute(
          () -> {
            core.calls().endAll("Drawbridge is stopping");
            ended.countDown();
          });
    }
    try {
      if (!ended.await(END_CALLS_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("Not all calls were ended within {} ms", END_CALLS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One signalling loop for two processors: media, TLS and the JVM's own threads get the rest. */
  private static int loopCount() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private void listen(Dispatcher dispatcher) throws StartFailure {
    try {
      transports.start(dispatcher);
    } catch (IOException e) {
      close();
      throw new StartFailure(e.getMessage(), e);
    }
  }

  /** Only a start makes one: a file that is gone for a moment must not become one of ours. */
  private static void demandCertificates(SbcConfig config) throws StartFailure {
    List<String> missing = missingCertificates(config);
    if (!missing.isEmpty()) {
      throw new StartFailure(String.join("\n", missing));
    }
  }

  /** What a reload says of those that only a start makes. */
  static List<String> missingCertificates(SbcConfig config) {
    return OwnCertificates.missing(config).stream()
        .map(TlsFiles::certificate)
        .map(file -> "certificate " + file + " does not exist: only a start makes one")
        .toList();
  }

  /** Those that a start may make: files of certificate and key. */
  private static Set<Path> certificates(SbcConfig config) {
    return config.edge().listeners().stream()
        .map(ListenerConfig::identity)
        .filter(identity -> identity != null && identity.key() == null)
        .map(TlsIdentity::certificate)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void makeCertificates(SbcConfig config) throws StartFailure {
    for (Path file : certificates(config)) {
      try {
        LOG.info("certificate {} {}", file, DevelopmentCertificate.ensure(file, Instant.now()));
      } catch (IOException e) {
        throw new StartFailure("certificate " + file + ": " + FileWords.of(e), e);
      }
    }
  }

  private static DefaultMediaEngine media(SbcConfig config, HeadStart head) throws StartFailure {
    try {
      return new DefaultMediaEngine(
          UdpMediaPlane.open(Settings.plane(config), head.sockets(), head.certificate()),
          Settings.codecs(config.media()));
    } catch (MediaUnavailableException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }
}
