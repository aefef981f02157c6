package org.drawbridge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.config.Configurator;
import org.drawbridge.account.Accounts;
import org.drawbridge.b2bua.CallCounters;
import org.drawbridge.loop.Shards;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.media.api.MediaEngine;
import org.drawbridge.media.api.MediaUnavailableException;
import org.drawbridge.media.net.MediaSockets;
import org.drawbridge.media.net.UdpMediaPlane;
import org.drawbridge.media.session.DefaultMediaEngine;
import org.drawbridge.metrics.Counters;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.routing.config.ListenerConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.sip.transaction.TransactionSettings;
import org.drawbridge.sip.transport.BoundListener;
import org.drawbridge.sip.transport.DevelopmentCertificate;
import org.drawbridge.sip.transport.SocketLoop;
import org.drawbridge.sip.transport.Transports;
import org.drawbridge.ua.CoreParts;
import org.drawbridge.ua.InnerNetwork;
import org.drawbridge.ua.UserAgentCore;
import org.drawbridge.web.WebPages;
import org.drawbridge.web.Website;

/**
 * A running session border controller: the one place where all parts are made and joined.
 * Thread-safe.
 */
public final class Sbc implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(Sbc.class);

  private static final int QUEUE_CAPACITY = 100_000;
  private static final long NAT_PING_MILLIS = 25_000;
  private static final long SWEEP_MILLIS = 60_000;
  private static final long END_CALLS_MILLIS = 5_000;

  private final List<SignallingLoop> loops;
  private final List<UserAgentCore> cores;
  private final MediaEngine media;
  private final Transports transports;
  private final KeptBindings kept;
  private final UpstreamServices upstream;
  private final Counters counters;

  private Sbc(
      List<SignallingLoop> loops,
      List<UserAgentCore> cores,
      MediaEngine media,
      Transports transports,
      KeptBindings kept,
      UpstreamServices upstream,
      Counters counters) {
    this.loops = loops;
    this.counters = counters;
    this.cores = cores;
    this.media = media;
    this.transports = transports;
    this.kept = kept;
    this.upstream = upstream;
  }

  /**
   * Starts everything or nothing.
   *
   * @throws StartFailure naming what is in the way: a port, a certificate, a file
   */
  public static Sbc start(SbcConfig config, Accounts accounts) throws StartFailure {
    Configurator.setLevel("org.drawbridge", Level.valueOf(config.logging().level().name()));
    makeCertificates(config);
    List<SocketLoop> sockets = IntStream.range(0, loopCount()).mapToObj(SocketLoop::new).toList();
    Transports transports =
        new Transports(
            Settings.listeners(config),
            Settings.outgoing(config.edge().dns()),
            Settings.transportLimits(config.edge().limits()),
            pages(config),
            sockets);
    MediaEngine media = media(config);
    List<SignallingLoop> loops =
        IntStream.range(0, sockets.size())
            .mapToObj(index -> new SignallingLoop(index, QUEUE_CAPACITY, sockets.get(index)))
            .toList();
    Shards shards = new Shards(loops);

    AccountServices services = AccountServices.open(config, accounts);
    Ruleset rules = Ruleset.compile(config);
    UpstreamServices upstream = new UpstreamServices(rules, config.edge());
    Counters counters = new Counters();
    CallCounters calls = new CallCounters();
    CoreParts parts =
        new CoreParts(
            shards,
            transports,
            upstream.join(services.parts()),
            () -> rules,
            media,
            new CoreParts.Bounds(
                Settings.calls(config.edge().limits(), loops.size()), TransactionSettings.DEFAULTS),
            calls);
    InnerNetwork network = new InnerNetwork(shards);
    List<UserAgentCore> cores =
        loops.stream().map(loop -> new UserAgentCore(loop, parts, network)).toList();
    services.serveEvents(shards, cores, config);
    ProcessCounters.show(counters, transports, calls, cores);
    Sbc sbc = new Sbc(loops, cores, media, transports, services.kept(), upstream, counters);
    sbc.listen(
        new Dispatcher(
            shards,
            cores,
            services.registrar(),
            upstream,
            config.edge().security().dropUserAgents()));
    upstream.start(shards, cores, transports);
    services.keep(shards, cores, transports);
    return sbc;
  }

  /** The sockets that take SIP, in the order of the configuration. */
  public List<BoundListener> listeners() {
    return transports.boundAddresses();
  }

  /** What it counts and measures of itself. */
  public Counters counters() {
    return counters;
  }

  /** How many calls are up, on all loops together. May be a moment old. */
  public int calls() {
    return cores.stream().mapToInt(core -> core.calls().size()).sum();
  }

  /**
   * Hangs up all calls, takes back what we registered with others and closes all sockets. Waits a
   * few seconds at most.
   */
  @Override
  public void close() {
    endCalls();
    upstream.leave();
    kept.close();
    transports.close();
    loops.forEach(SignallingLoop::close);
    media.close();
  }

  private void endCalls() {
    CountDownLatch ended = new CountDownLatch(loops.size());
    for (SignallingLoop loop : loops) {
      UserAgentCore core = cores.get(loop.index());
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

  private static void makeCertificates(SbcConfig config) throws StartFailure {
    Set<Path> files =
        config.edge().listeners().stream()
            .map(ListenerConfig::certificate)
            .filter(file -> file != null)
            .collect(Collectors.toSet());
    for (Path file : files) {
      try {
        LOG.info("certificate {} {}", file, DevelopmentCertificate.ensure(file, Instant.now()));
      } catch (IOException e) {
        throw new StartFailure("certificate " + file + ": " + e.getMessage(), e);
      }
    }
  }

  private static WebPages pages(SbcConfig config) throws StartFailure {
    Path root = config.edge().web().root();
    try {
      Website site = config.edge().web().enabled() ? Website.read(root) : Website.none();
      return new WebPages(site, config::domains);
    } catch (IOException e) {
      throw new StartFailure("web pages in " + root + ": " + e.getMessage(), e);
    }
  }

  private static MediaEngine media(SbcConfig config) throws StartFailure {
    try {
      return new DefaultMediaEngine(
          UdpMediaPlane.open(Settings.plane(config.media()), MediaSockets.best()),
          Settings.codecs(config.media()));
    } catch (MediaUnavailableException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }
}
