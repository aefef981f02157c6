package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.Test;

class ConnectionCapsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static StreamClient speaking(TestServer server, String callId) throws IOException {
    StreamClient client = StreamClient.connect(server.address(Transport.TCP));
    client.send(Messages.request(callId));
    assertThat(server.sink.message().message().callId()).isEqualTo(callId);
    return client;
  }

  private static void assertRefused(TestServer server) throws IOException {
    try (StreamClient refused = StreamClient.connect(server.address(Transport.TCP))) {
      assertThat(refused.readToEnd()).isEmpty();
    }
  }

  @Test
  void peerWithItsShareIsRefusedUntilItClosesOne() throws IOException {
    try (TestServer server = TestServer.start(TestServer.limits(LONG, 10, 2), Transport.TCP);
        StreamClient first = speaking(server, "1");
        StreamClient second = speaking(server, "2")) {
      assertRefused(server);
      TestServer.await(() -> server.count(Transport.TCP, Kind.REFUSED_PEER) == 1);
      second.send(Messages.request("undisturbed"));
      assertThat(server.sink.message().message().callId()).isEqualTo("undisturbed");
      first.close();
      server.sink.closed();
      TestServer.await(() -> server.transports.counters().open(Transport.TCP) == 1);
      speaking(server, "3").close();
    }
  }

  @Test
  void fullServerRefusesEveryone() throws IOException {
    try (TestServer server = TestServer.start(TestServer.limits(LONG, 1, 10), Transport.TCP);
        StreamClient first = speaking(server, "1")) {
      assertRefused(server);
      TestServer.await(() -> server.count(Transport.TCP, Kind.REFUSED_TOTAL) == 1);
      assertThat(server.transports.counters().open(Transport.TCP)).isEqualTo(1);
      first.close();
      server.sink.closed();
      TestServer.await(() -> server.transports.counters().open(Transport.TCP) == 0);
      speaking(server, "2").close();
    }
  }

  @Test
  void allOfAnIpv6SiteShareOnePlace() {
    InetAddress one = InetAddress.ofLiteral("2001:db8:1:2::1");
    InetAddress neighbour = InetAddress.ofLiteral("2001:db8:1:2:ffff::9");
    InetAddress stranger = InetAddress.ofLiteral("2001:db8:1:3::1");
    assertThat(Addresses.site(one))
        .isEqualTo(Addresses.site(neighbour))
        .isNotEqualTo(Addresses.site(stranger));
    InetAddress v4 = InetAddress.ofLiteral("192.0.2.1");
    assertThat(Addresses.site(v4)).isEqualTo(v4);
  }
}
