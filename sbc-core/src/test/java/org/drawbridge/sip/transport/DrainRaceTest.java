package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.drawbridge.loop.SignallingLoop;
import org.drawbridge.sip.dns.DnsCounters;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.web.WebPages;
import org.drawbridge.web.Website;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A UDP listener that has ended all it began, just while a reload is about to bring it back. */
final class DrainRaceTest {

  private static final ListenerSettings UDP =
      ListenerSettings.plain(Transport.UDP, TestServer.anyPort());

  private final Sockets sockets = new Sockets();
  private final RecordingSink sink = new RecordingSink();
  private final SocketLoop loop = new SocketLoop(0);
  private final SignallingLoop signalling = new SignallingLoop(0, 1_000, loop);

  @AfterEach
  void close() {
    sockets.close();
    signalling.close();
  }

  private Binder binder() throws IOException {
    TransportCounters counters = new TransportCounters();
    FlowTable flows = new FlowTable();
    SourceAddresses sources = new SourceAddresses();
    Edge edge = new Edge(sink, flows, sources, counters, new DnsCounters(), TestServer.LIMITS);
    return new Binder(
        NettyBackend.best(),
        new SocketLoops(List.of(loop)),
        List.of(loop),
        edge,
        new ConnectionCaps(edge.current(), counters),
        new WebPages(Website.read(Path.of("no-such-directory")), List::of));
  }

  /** A listener that a reload has taken away. */
  private UdpSocket removed() throws IOException {
    sockets.prepare(List.of(UDP), binder()).commit();
    UdpSocket socket = Objects.requireNonNull(here());
    sockets.prepare(List.of(), binder()).commit();
    assertThat(socket.isDraining()).isTrue();
    return socket;
  }

  private @Nullable UdpSocket here() {
    return sockets.datagramToward(TestServer.LOOPBACK);
  }

  private boolean hasSocket(InetSocketAddress bound) {
    return sockets.flow(bound, new InetSocketAddress(TestServer.LOOPBACK, 5060)) != null;
  }

  @Test
  void itIsStillOpenWhenTheReloadBringsItBack() throws Exception {
    UdpSocket socket = removed();
    Sockets.Change back = sockets.prepare(List.of(UDP), binder());
    socket.lookForCalls();
    back.commit();

    assertThat(here()).isSameAs(socket);
    byte[] bytes = Messages.bytes(Messages.request("again"));
    try (DatagramSocket client = new DatagramSocket()) {
      client.send(new DatagramPacket(bytes, bytes.length, socket.bound()));
    }
    assertThat(sink.message().message().callId()).isEqualTo("again");
  }

  @Test
  void itGoesWhenTheReloadComesToNothing() throws Exception {
    UdpSocket socket = removed();
    Sockets.Change back = sockets.prepare(List.of(UDP), binder());
    socket.lookForCalls();
    assertThat(hasSocket(socket.bound())).isTrue();
    back.discard();
    assertThat(hasSocket(socket.bound())).isFalse();
  }

  @Test
  void itGoesWhereNoReloadIsUnderWay() throws Exception {
    UdpSocket socket = removed();
    socket.lookForCalls();
    assertThat(hasSocket(socket.bound())).isFalse();
  }
}
