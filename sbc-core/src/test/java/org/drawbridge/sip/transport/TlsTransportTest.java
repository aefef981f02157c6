package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTransportTest {
  private TestServer server;

  @BeforeEach
  void open() throws IOException {
    server = TestServer.start(Transport.TLS);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void carriesMessagesBothWays(String version) throws IOException {
    try (StreamClient client = StreamClient.secure(server.address(Transport.TLS))) {
      ((SSLSocket) client.socket).setEnabledProtocols(new String[] {version});
      client.send(Messages.request("in"));
      RecordingSink.Received received = server.sink.message();
      assertThat(received.flow().transport()).isEqualTo(Transport.TLS);
      String answer = Messages.large("out", 40_000);
      received.flow().send(Messages.bytes(answer));
      assertThat(client.read(answer.length())).isEqualTo(answer);
      client.close();
      assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    }
  }

  /** Jami asks for "host:port", others for an address or a name that has an underscore. */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1:5061", "pbx_office.example.com", "sbc.example.com."})
  void whateverNameAClientAsksForItIsServed(String name) throws IOException {
    byte[] encoded = name.getBytes(StandardCharsets.US_ASCII);
    try (StreamClient client = StreamClient.secure(server.address(Transport.TLS))) {
      SSLSocket socket = (SSLSocket) client.socket;
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(
          List.of(new SNIServerName(StandardConstants.SNI_HOST_NAME, encoded) {}));
      socket.setSSLParameters(parameters);
      client.send(Messages.request("in"));
      assertThat(server.sink.message().flow().transport()).isEqualTo(Transport.TLS);
    }
  }

  @Test
  void recordsInSingleBytesAreWhole() throws IOException {
    try (ServerSocket relay = new ServerSocket(0, 1, TestServer.LOOPBACK)) {
      Thread.ofVirtual().start(() -> dribbleBetween(relay, server.address(Transport.TLS)));
      try (StreamClient client =
          StreamClient.secure((InetSocketAddress) relay.getLocalSocketAddress())) {
        client.send(Messages.request("one"));
        client.send(Messages.request("two"));
        assertThat(server.sink.message().message().callId()).isEqualTo("one");
        assertThat(server.sink.message().message().callId()).isEqualTo("two");
      }
    }
  }

  /** Passes on what a client sends byte for byte, each in a segment, and answers as they come. */
  private static void dribbleBetween(ServerSocket relay, InetSocketAddress target) {
    try (Socket client = relay.accept();
        Socket onward = new Socket(target.getAddress(), target.getPort())) {
      onward.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> copy(onward, client));
      InputStream in = client.getInputStream();
      OutputStream out = onward.getOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        out.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void peerThatEndsTlsHasLeft() throws IOException {
    try (StreamClient client = StreamClient.secure(server.address(Transport.TLS))) {
      client.send(Messages.request("in"));
      server.sink.message();
      ((SSLSocket) client.socket).shutdownOutput();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    }
  }

  @Test
  void clearTextIsRefusedAndNoFlowComesOfIt() throws IOException {
    try (StreamClient client = StreamClient.connect(server.address(Transport.TLS))) {
      client.send(Messages.request("in clear"));
      client.socket.getInputStream().readAllBytes();
    }
    TestServer.await(() -> server.count(Transport.TLS, Kind.TLS_FAILED) == 1);
    assertThat(server.sink.isSilent()).isTrue();
  }

  @Test
  void aHandshakeThatIsNotFinishedIsNotWaitedFor() throws IOException {
    TransportLimits.Times times = TestServer.LIMITS.times();
    TransportLimits hasty =
        new TransportLimits(
            TestServer.LIMITS.messages(),
            TestServer.LIMITS.connections(),
            TestServer.LIMITS.connectionsPerPeer(),
            TestServer.LIMITS.sendBuffer(),
            TestServer.LIMITS.receiveBuffer(),
            new TransportLimits.Times(
                times.connect(),
                Duration.ofMillis(150),
                times.message(),
                times.ping(),
                times.unansweredPings(),
                times.streamPing(),
                times.pong()));
    try (TestServer strict = TestServer.start(hasty, Transport.TLS);
        StreamClient client = StreamClient.connect(strict.address(Transport.TLS))) {
      assertThat(client.socket.getInputStream().read()).isEqualTo(-1);
      TestServer.await(() -> strict.count(Transport.TLS, Kind.TLS_FAILED) == 1);
    }
  }

  @Test
  void oldVersionsAreRefused() throws IOException {
    try (StreamClient client = StreamClient.secure(server.address(Transport.TLS))) {
      SSLSocket socket = (SSLSocket) client.socket;
      assertThatThrownBy(
              () -> {
                socket.setEnabledProtocols(new String[] {"TLSv1.1"});
                socket.startHandshake();
              })
          .isInstanceOf(IOException.class);
    }
  }
}
