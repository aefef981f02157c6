package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.drawbridge.sip.transport.tls.OutgoingSettings;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners and certificates change while sockets and connections that stay are not touched. */
final class TransportsReloadTest {

  private static final String PLAIN =
      "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKr1\r\n"
          + "From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@a.example>%s\r\nCall-ID: reload\r\n"
          + "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";

  @TempDir private Path directory = Path.of(".");

  @Test
  void bindsWhatIsNewAndKeepsWhatIsThere() throws Exception {
    try (TestServer server = TestServer.start(Transport.TCP)) {
      InetSocketAddress kept = server.address(Transport.TCP);
      List<ListenerSettings> wanted = new ArrayList<>(settings(server));
      wanted.add(ListenerSettings.plain(Transport.UDP, TestServer.anyPort()));

      change(server, wanted);

      assertThat(server.address(Transport.TCP)).isEqualTo(kept);
      send(server.address(Transport.UDP), "");
      assertThat(server.sink.message().flow().transport()).isEqualTo(Transport.UDP);
    }
  }

  @Test
  void connectionsOfARemovedListenerGoOn() throws Exception {
    try (TestServer server = TestServer.start(Transport.TCP, Transport.UDP)) {
      InetSocketAddress removed = server.address(Transport.TCP);
      try (Socket connection = new Socket(removed.getAddress(), removed.getPort())) {
        say(connection);
        server.sink.message();

        change(server, List.of(settings(server).get(1)));

        TestServer.await(() -> !connects(removed));
        say(connection);
        server.sink.message();
      }
    }
  }

  @Test
  void aRemovedUdpListenerServesDialogsOnlyAndComesBack() throws Exception {
    try (TestServer server = TestServer.start(Transport.TCP, Transport.UDP)) {
      InetSocketAddress removed = server.address(Transport.UDP);
      List<ListenerSettings> both = settings(server);

      change(server, List.of(both.getFirst()));
      send(removed, "");
      send(removed, ";tag=2");
      assertThat(server.sink.message().message().toTag()).isEqualTo("2");

      change(server, both);
      assertThat(server.address(Transport.UDP)).isEqualTo(removed);
      send(removed, "");
      assertThat(server.sink.message().message().toTag()).isNull();
    }
  }

  @Test
  void newConnectionsGetTheNewCertificate() throws Exception {
    Path file = certificate("server.pem");
    ListenerSettings tls = TestServer.secure(Transport.TLS, new TlsFiles(file, null));
    try (TestServer server =
        TestServer.start(
            TestServer.LIMITS, new OutgoingTls(TestTls.certificate(), null), List.of(tls))) {
      Certificate before = presented(server);
      change(server, List.of(tls));
      assertThat(presented(server)).isEqualTo(before);

      Files.move(certificate("other.pem"), file, StandardCopyOption.REPLACE_EXISTING);
      change(server, List.of(tls));

      assertThat(presented(server)).isNotEqualTo(before);
    }
  }

  @Test
  void changesNothingWhereSomethingCannotBeBound() throws Exception {
    try (TestServer server = TestServer.start(Transport.TCP);
        DatagramSocket other = new DatagramSocket(0, TestServer.LOOPBACK)) {
      InetSocketAddress before = server.address(Transport.TCP);
      InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();

      assertThatThrownBy(
              () ->
                  change(
                      server,
                      List.of(
                          ListenerSettings.plain(Transport.WS, TestServer.anyPort()),
                          ListenerSettings.plain(Transport.UDP, taken))))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining(String.valueOf(taken.getPort()));

      assertThat(server.transports.boundAddresses())
          .singleElement()
          .extracting(BoundListener::address)
          .isEqualTo(before);
      assertThat(connects(before)).isTrue();
    }
  }

  @Test
  void changesNothingWhereACertificateCannotBeRead() throws Exception {
    Path file = certificate("server.pem");
    ListenerSettings tls = TestServer.secure(Transport.TLS, new TlsFiles(file, null));
    try (TestServer server =
        TestServer.start(
            TestServer.LIMITS, new OutgoingTls(TestTls.certificate(), null), List.of(tls))) {
      Certificate before = presented(server);
      Files.writeString(file, "nothing of use");

      assertThatThrownBy(() -> change(server, List.of(tls))).isInstanceOf(ListenException.class);
      assertThat(presented(server)).isEqualTo(before);
    }
  }

  private static void change(TestServer server, List<ListenerSettings> wanted) throws IOException {
    server.transports.prepare(wanted, OutgoingSettings.DEFAULT, TestServer.LIMITS).commit();
  }

  private static List<ListenerSettings> settings(TestServer server) {
    return server.transports.boundAddresses().stream().map(BoundListener::settings).toList();
  }

  private Path certificate(String name) throws IOException {
    Path file = directory.resolve(name);
    DevelopmentCertificate.ensure(file, Instant.now());
    return file;
  }

  private static void say(Socket connection) throws IOException {
    connection.getOutputStream().write(PLAIN.formatted("").getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean connects(InetSocketAddress address) {
    try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void send(InetSocketAddress to, String tag) throws IOException {
    byte[] bytes = PLAIN.formatted(tag).getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    }
  }

  private static Certificate presented(TestServer server) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    InetSocketAddress address = server.address(Transport.TLS);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Which certificate it is, is what the test looks at. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
