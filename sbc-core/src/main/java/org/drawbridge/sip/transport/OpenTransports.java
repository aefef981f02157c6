package org.drawbridge.sip.transport;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.dns.DnsSettings;
import org.drawbridge.sip.dns.TargetLocator;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.Flows.Located;
import org.drawbridge.sip.flow.Target;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.tls.OutgoingContexts;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.web.HttpResponder;
import org.jspecify.annotations.Nullable;

/** {@link Transports} between start and close. Thread-safe. */
final class OpenTransports {
  private static final Logger LOG = LogManager.getLogger(OpenTransports.class);

  /** How long connections get to take what is on its way to them. */
  private static final long FAREWELL_MS = 1_000;

  /** Enough for the last events to be delivered. */
  private static final long CLOSE_QUIET_MS = 50;

  private static final long CLOSE_TIMEOUT_MS = 3_000;

  private final EventLoopGroup group;
  private final Edge edge;
  private final Sockets sockets;
  private final Binder binder;
  private volatile Lookups lookups;
  private final AtomicReference<OutgoingContexts> tls;
  private final Outbound outbound;
  private final Aliases aliases;
  private final FailedTargets failed = new FailedTargets(Ticker.systemTicker());

  /**
   * What finds targets, and what that was made with.
   *
   * @param settings how names are looked up
   * @param usable what we can send over
   */
  private record Lookups(DnsSettings settings, Set<Transport> usable, TargetLocator locator) {}

  /** Other settings, to be put into force or not. */
  record Prepared(Runnable commit, Runnable discard) {}

  private OpenTransports(
      EventLoopGroup group,
      Edge edge,
      Sockets sockets,
      Binder binder,
      Lookups lookups,
      AtomicReference<OutgoingContexts> tls,
      Connector connector) {
    this.group = group;
    this.edge = edge;
    this.sockets = sockets;
    this.binder = binder;
    this.lookups = lookups;
    this.tls = tls;
    this.outbound = new Outbound(connector);
    this.aliases = new Aliases(edge.counters());
  }

  static OpenTransports open(
      List<ListenerSettings> settings,
      OutgoingSettings outgoing,
      HttpResponder pages,
      Edge edge,
      List<SocketLoop> loops)
      throws IOException {
    AtomicReference<OutgoingContexts> tls =
        new AtomicReference<>(OutgoingContexts.read(outgoing, null));
    ConnectionCaps caps = new ConnectionCaps(edge.current(), edge.counters());
    NettyBackend backend = NettyBackend.best();
    EventLoopGroup group = new SocketLoops(loops);
    try {
      Sockets sockets = new Sockets();
      Binder binder = new Binder(backend, group, loops, edge, caps, pages);
      Sockets.Change listeners = sockets.prepare(settings, binder);
      Connector connector = new Connector(backend, group, edge, caps, tls::get, sockets::listeners);
      Lookups lookups = lookups(outgoing.dns(), settings, edge.dns(), null);
      OpenTransports open =
          new OpenTransports(group, edge, sockets, binder, lookups, tls, connector);
      listeners.commit();
      return open;
    } catch (IOException | RuntimeException e) {
      shutDown(group);
      throw e;
    }
  }

  /** Connections can be opened without a listener, datagrams leave from one only. */
  private static Lookups lookups(
      DnsSettings settings,
      List<ListenerSettings> listeners,
      DnsCounters counters,
      @Nullable Lookups before) {
    Set<Transport> usable = EnumSet.of(Transport.TCP, Transport.TLS);
    if (listeners.stream().anyMatch(l -> l.transport() == Transport.UDP)) {
      usable.add(Transport.UDP);
    }
    if (before != null && before.settings.equals(settings) && before.usable.equals(usable)) {
      return before;
    }
    return new Lookups(
        settings, usable, TargetLocator.of(settings, usable, new Random(), counters));
  }

  /**
   * Binds what is new among the listeners, for {@link Transports.Change}.
   *
   * @throws IOException if that cannot be done or a certificate be used; then nothing has changed
   */
  Prepared prepare(List<ListenerSettings> settings, OutgoingSettings outgoing) throws IOException {
    OutgoingContexts contexts = OutgoingContexts.read(outgoing, tls.get());
    Sockets.Change listeners = sockets.prepare(settings, binder);
    Lookups next = lookups(outgoing.dns(), settings, edge.dns(), lookups);
    Runnable commit =
        () -> {
          listeners.commit();
          lookups = next;
          tls.set(contexts);
        };
    return new Prepared(commit, listeners::discard);
  }

  List<BoundListener> listeners() {
    return sockets.listeners();
  }

  @Nullable Flow find(FlowId id) {
    StreamFlow stream = edge.flows().find(id);
    if (stream != null) {
      return stream.isOpen() ? stream : null;
    }
    UdpFlowId udp = UdpFlowId.parse(id);
    return udp == null ? null : sockets.flow(udp.bound(), udp.remote());
  }

  void locate(Destination destination, Executor on, Consumer<Located> result) {
    lookups.locator.locate(destination).handle(OpenTransports::located).thenAcceptAsync(result, on);
  }

  private static Located located(@Nullable List<Target> targets, @Nullable Throwable failure) {
    return targets == null
        ? new Located.Nowhere(Faults.words(Objects.requireNonNull(failure)))
        : new Located.Found(targets);
  }

  void obtain(Target target, Executor on, Consumer<FlowResult> result) {
    CompletableFuture<? extends Flow> flow =
        switch (target.transport()) {
          case UDP -> datagram(target.address());
          case TCP, TLS -> stream(target);
          case WS, WSS -> unreachable("a WebSocket is opened by the peer only (RFC 7118)");
        };
    flow.handle(OpenTransports::result).thenAcceptAsync(result, on);
  }

  private CompletableFuture<StreamFlow> stream(Target target) {
    StreamFlow offered = aliases.find(target);
    return offered == null ? outbound.obtain(target) : CompletableFuture.completedFuture(offered);
  }

  Aliases aliases() {
    return aliases;
  }

  FailedTargets failed() {
    return failed;
  }

  private CompletableFuture<Flow> datagram(InetSocketAddress remote) {
    UdpSocket socket = sockets.datagramToward(remote.getAddress());
    return socket == null
        ? unreachable(
            "no UDP listener from which "
                + remote.getAddress().getHostAddress()
                + " can be reached")
        : CompletableFuture.completedFuture(socket.flow(remote));
  }

  private static <T> CompletableFuture<T> unreachable(String why) {
    return CompletableFuture.failedFuture(new UnknownHostException(why));
  }

  private static FlowResult result(@Nullable Flow flow, @Nullable Throwable failure) {
    if (flow != null) {
      return new FlowResult.Obtained(flow);
    }
    return new FlowResult.Unreachable(Faults.words(Objects.requireNonNull(failure)));
  }

  void close() {
    sockets.close();
    List<StreamFlow> flows = edge.flows().all();
    CountDownLatch open = new CountDownLatch(flows.size());
    for (StreamFlow flow : flows) {
      flow.onGone(open::countDown);
      flow.finish(
          CloseCause.CLOSED_HERE,
          WebSocketCloseStatus.ENDPOINT_UNAVAILABLE,
          "the server is going away");
    }
    try {
      if (!open.await(FAREWELL_MS, TimeUnit.MILLISECONDS)) {
        LOG.info("{} connections did not take their farewell", open.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shutDown(group);
  }

  private static void shutDown(EventLoopGroup group) {
    group
        .shutdownGracefully(CLOSE_QUIET_MS, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}
