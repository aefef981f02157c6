package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamPingTest {
  private static final String PING = "\r\n\r\n";
  private static final String PONG = "\r\n";

  private TestServer server;
  private ServerSocket peer;

  @BeforeEach
  void open() throws IOException {
    server =
        TestServer.start(
            TestServer.limits(Duration.ofSeconds(20), 100, 100, Duration.ofMillis(100)),
            Transport.TCP);
    peer = new ServerSocket(0, 10, TestServer.LOOPBACK);
    peer.setSoTimeout(60_000);
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    server.close();
  }

  @Test
  void aPeerThatStopsAnsweringIsLost() throws Exception {
    Flow flow = server.flow(Transport.TCP, "127.0.0.1", peer.getLocalPort());
    try (StreamClient accepted = new StreamClient(peer.accept())) {
      for (int i = 0; i < 3; i++) {
        assertThat(accepted.read(PING.length())).isEqualTo(PING);
        accepted.send(PONG);
      }
      RecordingSink.Closed closed = server.sink.closed();
      assertThat(closed.flow()).isSameAs(flow);
      assertThat(closed.cause()).isEqualTo(CloseCause.LOST);
      assertThat(closed.reason()).contains("ping");
      TestServer.await(() -> server.count(Transport.TCP, Kind.PINGS_UNANSWERED) == 1);
    }
  }

  @Test
  void aPeerThatKnowsNoPingsIsLeftAlone() throws Exception {
    Flow flow = server.flow(Transport.TCP, "127.0.0.1", peer.getLocalPort());
    try (StreamClient accepted = new StreamClient(peer.accept())) {
      assertThat(accepted.read(8 * PING.length())).isEqualTo(PING.repeat(8));
      assertThat(flow.isOpen()).isTrue();
    }
  }
}
