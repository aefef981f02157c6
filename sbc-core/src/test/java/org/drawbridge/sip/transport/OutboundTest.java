package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Destination;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Flows.FlowResult;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private TestServer server;
  private ServerSocket peer;

  @BeforeEach
  void open() throws IOException {
    server = TestServer.start(Transport.TCP, Transport.TLS);
    peer = new ServerSocket(0, 10, TestServer.LOOPBACK);
    peer.setSoTimeout(60_000);
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    server.close();
  }

  private Flow flowToPeer() throws Exception {
    return server.flow(Transport.TCP, "127.0.0.1", peer.getLocalPort());
  }

  @Test
  void connectionCarriesMessagesBothWays() throws Exception {
    Flow flow = flowToPeer();
    try (StreamClient accepted = new StreamClient(peer.accept())) {
      String request = Messages.request("out");
      flow.send(Messages.bytes(request));
      assertThat(accepted.read(request.length())).isEqualTo(request);
      accepted.send(Messages.request("in"));
      RecordingSink.Received received = server.sink.message();
      assertThat(received.flow()).isSameAs(flow);
      assertThat(received.message().callId()).isEqualTo("in");
      assertThat(flow.sentBy()).isEqualTo("127.0.0.1:" + server.address(Transport.TCP).getPort());
      assertThat(server.transports.find(flow.id())).isSameAs(flow);
    }
  }

  @Test
  void destinationHasOneConnectionUntilItCloses() throws Exception {
    Flow first = flowToPeer();
    assertThat(flowToPeer()).isSameAs(first);
    peer.accept().close();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    Flow second = flowToPeer();
    assertThat(second).isNotSameAs(first);
    assertThat(second.isOpen()).isTrue();
  }

  @Test
  void whoAsksMeanwhileGetsTheSameConnection() throws Exception {
    Destination destination = new Destination(Transport.TCP, "LocalHost", peer.getLocalPort());
    CompletableFuture<FlowResult> first = new CompletableFuture<>();
    CompletableFuture<FlowResult> second = new CompletableFuture<>();
    server.transports.obtain(destination, Runnable::run, first::complete);
    server.transports.obtain(destination, Runnable::run, second::complete);
    FlowResult result = first.get(60, TimeUnit.SECONDS);
    assertThat(result)
        .isInstanceOf(FlowResult.Obtained.class)
        .isEqualTo(second.get(60, TimeUnit.SECONDS));
    TestServer.await(() -> server.count(Transport.TCP, Kind.OPENED) == 1);
  }

  @Test
  void refusedConnectionIsUnreachableAndTriedAnewNextTime() throws Exception {
    InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
    peer.close();
    assertThat(server.unreachable(Transport.TCP, "127.0.0.1", address.getPort()))
        .contains("refused");
    peer = new ServerSocket(address.getPort(), 10, TestServer.LOOPBACK);
    assertThat(flowToPeer().isOpen()).isTrue();
  }

  @Test
  void invalidIsNeverResolvedAndWebSocketsAreNotOpened() throws Exception {
    assertThat(server.unreachable(Transport.TCP, "k3jd9s.invalid", 5060)).contains("no address");
    assertThat(server.unreachable(Transport.UDP, "k3jd9s.INVALID.", 5060)).contains("no address");
    assertThat(server.unreachable(Transport.WSS, "127.0.0.1", 443)).contains("WebSocket");
  }

  @Test
  void tlsVerifiesTheNameAndThenCarriesMessages() throws Exception {
    int port = server.address(Transport.TLS).getPort();
    Flow flow = server.flow(Transport.TLS, "localhost", port);
    flow.send(Messages.bytes(Messages.request("to-myself")));
    RecordingSink.Received received = server.sink.message();
    assertThat(received.message().callId()).isEqualTo("to-myself");
    assertThat(received.flow().remote().getPort()).isEqualTo(flow.local().getPort());
  }

  @Test
  void tlsRefusesAnUnknownAuthorityAndAWrongName() throws Exception {
    int port = server.address(Transport.TLS).getPort();
    assertThat(server.unreachable(Transport.TLS, "other.localhost", port))
        .contains("other.localhost");
    try (TestServer stranger =
        TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of())) {
      assertThat(stranger.unreachable(Transport.TLS, "localhost", port)).contains("vouches for");
    }
  }

  @Test
  void nothingIsReachableWhileClosed() throws Exception {
    server.close();
    assertThat(server.unreachable(Transport.TCP, "127.0.0.1", peer.getLocalPort()))
        .contains("closed");
    assertThat(server.transports.boundAddresses()).isEmpty();
  }
}
