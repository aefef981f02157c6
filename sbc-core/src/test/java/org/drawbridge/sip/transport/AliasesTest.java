package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 5923. */
class AliasesTest {
  /** Where the peer says it listens; nobody does. */
  private static final int PEER_PORT = 9;

  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = TestServer.start(Transport.TCP);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Flow accepted(StreamClient client) throws Exception {
    client.send(Messages.request("hello"));
    return server.sink.message().flow();
  }

  @Test
  void anOfferedConnectionIsUsedForRequestsToItsOpener() throws Exception {
    InetSocketAddress address = server.address(Transport.TCP);
    try (StreamClient client = StreamClient.connect(address)) {
      Flow flow = accepted(client);
      server.transports.reuse(flow, PEER_PORT);
      assertThat(server.flow(Transport.TCP, "127.0.0.1", PEER_PORT)).isSameAs(flow);
      assertThat(server.unreachable(Transport.TCP, "127.0.0.2", PEER_PORT)).contains("refused");
    }
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    assertThat(server.unreachable(Transport.TCP, "127.0.0.1", PEER_PORT)).contains("refused");
  }

  @Test
  void aConnectionThatWasNotOfferedIsNotUsed() throws Exception {
    try (StreamClient client = StreamClient.connect(server.address(Transport.TCP))) {
      accepted(client);
      assertThat(server.unreachable(Transport.TCP, "127.0.0.1", PEER_PORT)).contains("refused");
    }
  }

  @Test
  void ourOwnConnectionsAreOfferedWhereWeListen() throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1, TestServer.LOOPBACK)) {
      Flow flow = server.flow(Transport.TCP, "127.0.0.1", peer.getLocalPort());
      assertThat(flow.viaParameters()).isEqualTo(";alias");
    }
  }
}
