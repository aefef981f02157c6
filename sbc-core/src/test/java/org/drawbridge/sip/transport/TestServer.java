package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.sip.codec.ParseLimits;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.dns.DnsSettings;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowSink;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.drawbridge.web.WebPages;
import org.drawbridge.web.Website;

/** Transports on loopback ports that the kernel chose, with a sink that remembers. */
final class TestServer implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** Times short enough to wait for, caps low enough to reach. */
  static final TransportLimits LIMITS = limits(Duration.ofSeconds(20), 100, 100);

  final RecordingSink sink = new RecordingSink();
  final Transports transports;

  private final List<SignallingLoop> loops;

  private TestServer(Transports transports, List<SignallingLoop> loops) throws IOException {
    this.transports = transports;
    this.loops = loops;
    try {
      transports.start(sink);
    } catch (IOException e) {
      loops.forEach(SignallingLoop::close);
      throw e;
    }
  }

  /** What connections share, with tables of its own. */
  static Edge edge(FlowSink sink, TransportCounters counters) {
    return new Edge(
        sink, new FlowTable(), new SourceAddresses(), counters, new DnsCounters(), LIMITS);
  }

  static TransportLimits limits(Duration message, int connections, int perPeer) {
    return limits(message, connections, perPeer, Duration.ofMinutes(1));
  }

  /** The same where connections that we open are pinged so often. */
  static TransportLimits limits(Duration message, int connections, int perPeer, Duration ping) {
    TransportLimits.Times times =
        new TransportLimits.Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            message,
            Duration.ofSeconds(25),
            3,
            ping,
            Duration.ofSeconds(2));
    return new TransportLimits(
        ParseLimits.DEFAULT, connections, perPeer, 256 * 1024, 1 << 20, times);
  }

  static TestServer start(Transport... transports) throws IOException {
    return start(LIMITS, transports);
  }

  static TestServer start(TransportLimits limits, Transport... transports) throws IOException {
    List<ListenerSettings> settings = new ArrayList<>();
    for (Transport transport : transports) {
      settings.add(
          transport.isSecure()
              ? secure(transport, new TlsFiles(TestTls.certificate(), null))
              : ListenerSettings.plain(transport, anyPort()));
    }
    return start(limits, new OutgoingTls(TestTls.certificate(), null), settings);
  }

  static TestServer start(
      TransportLimits limits, OutgoingTls outgoing, List<ListenerSettings> settings)
      throws IOException {
    WebPages pages =
        new WebPages(Website.read(Path.of("no-such-directory")), () -> List.of("a.example"));
    List<SocketLoop> sockets = List.of(new SocketLoop(0), new SocketLoop(1));
    List<SignallingLoop> loops =
        IntStream.range(0, 2).mapToObj(i -> new SignallingLoop(i, 10_000, sockets.get(i))).toList();
    OutgoingSettings out = new OutgoingSettings(DnsSettings.DEFAULT, outgoing, Map.of());
    return new TestServer(new Transports(settings, out, limits, pages, sockets), loops);
  }

  static ListenerSettings secure(Transport transport, TlsFiles files) {
    return new ListenerSettings(transport, anyPort(), null, files, null, WebSocketRules.ANY);
  }

  static ListenerSettings webSocket(Set<String> paths, Set<String> origins) {
    return new ListenerSettings(
        Transport.WS, anyPort(), null, null, null, new WebSocketRules(paths, origins));
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(LOOPBACK, 0);
  }

  InetSocketAddress address(Transport transport) {
    return transports.boundAddresses().stream()
        .filter(listener -> listener.settings().transport() == transport)
        .findFirst()
        .orElseThrow()
        .address();
  }

  FlowResult obtain(Transport transport, String host, int port) throws Exception {
    CompletableFuture<FlowResult> result = new CompletableFuture<>();
    transports.obtain(new Destination(transport, host, port), Runnable::run, result::complete);
    return result.get(60, TimeUnit.SECONDS);
  }

  Flow flow(Transport transport, String host, int port) throws Exception {
    FlowResult result = obtain(transport, host, port);
    assertThat(result).isInstanceOf(FlowResult.Obtained.class);
    return ((FlowResult.Obtained) result).flow();
  }

  String unreachable(Transport transport, String host, int port) throws Exception {
    FlowResult result = obtain(transport, host, port);
    assertThat(result).isInstanceOf(FlowResult.Unreachable.class);
    return ((FlowResult.Unreachable) result).reason();
  }

  long count(Transport transport, TransportCounters.Kind kind) {
    return transports.counters().get(transport, kind);
  }

  /** Waits for what nobody announces, such as a counter. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("before the deadline").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Override
  public void close() {
    transports.close();
    loops.forEach(SignallingLoop::close);
  }
}
