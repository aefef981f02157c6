package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.tls.DevelopmentCertificate;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.drawbridge.sip.transport.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportsStartTest {
  @TempDir private Path directory;

  private static TestServer start(ListenerSettings... settings) throws IOException {
    return TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of(settings));
  }

  @Test
  void takenPortIsNamedAndNothingStaysBound() throws IOException {
    InetSocketAddress free;
    try (ServerSocket probe = new ServerSocket(0, 1, TestServer.LOOPBACK)) {
      free = (InetSocketAddress) probe.getLocalSocketAddress();
    }
    try (ServerSocket holder = new ServerSocket(0, 1, TestServer.LOOPBACK)) {
      InetSocketAddress taken = (InetSocketAddress) holder.getLocalSocketAddress();
      ListenerSettings first = ListenerSettings.plain(Transport.TCP, free);
      ListenerSettings second = ListenerSettings.plain(Transport.WS, taken);
      assertThatThrownBy(() -> start(first, second))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("ws 127.0.0.1:" + taken.getPort())
          .hasMessageContaining("already in use: end the program that has the port");
    }
    new ServerSocket(free.getPort(), 1, TestServer.LOOPBACK).close();
  }

  @Test
  void anAddressOfAnotherMachineIsSaidToBeOne() {
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 5060);
    for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
      assertThatThrownBy(() -> start(ListenerSettings.plain(transport, elsewhere)))
          .hasMessageContaining("192.0.2.1:5060")
          .hasMessageEndingWith("this machine has no such address");
    }
  }

  @Test
  void udpPortIsNotShared() throws IOException {
    try (DatagramSocket holder = new DatagramSocket(0, TestServer.LOOPBACK)) {
      InetSocketAddress taken = (InetSocketAddress) holder.getLocalSocketAddress();
      assertThatThrownBy(() -> start(ListenerSettings.plain(Transport.UDP, taken)))
          .hasMessageContaining("udp 127.0.0.1:" + taken.getPort());
    }
  }

  @Test
  void badCertificatesAreExplained() throws IOException {
    Path missing = directory.resolve("missing.pem");
    assertTlsFails(new TlsFiles(missing, null), missing + " does not exist");
    Path text = Files.writeString(directory.resolve("text.pem"), "hello");
    assertTlsFails(new TlsFiles(text, null), text + " holds no certificate");
    Path pem = directory.resolve("server.pem");
    DevelopmentCertificate.ensure(pem, Instant.now());
    assertTlsFails(new TlsFiles(pem, text), text + " holds no private key");
    Path other = directory.resolve("other.pem");
    DevelopmentCertificate.ensure(other, Instant.now());
    assertTlsFails(new TlsFiles(pem, other), "is not that of the first certificate");
  }

  private static void assertTlsFails(TlsFiles files, String words) {
    assertThatThrownBy(() -> start(TestServer.secure(Transport.WSS, files)))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("wss 127.0.0.1:0")
        .hasMessageContaining(words);
  }

  @Test
  void boundAddressesComeInOrderWithRealPorts() throws IOException {
    try (TestServer server = TestServer.start(Transport.UDP, Transport.WSS, Transport.TCP)) {
      List<BoundListener> bound = server.transports.boundAddresses();
      assertThat(bound)
          .extracting(listener -> listener.settings().transport())
          .containsExactly(Transport.UDP, Transport.WSS, Transport.TCP);
      assertThat(bound).allMatch(listener -> listener.address().getPort() > 0);
    }
  }

  @Test
  void sameNumberServesUdpAndTcp() throws IOException {
    try (TestServer udp = TestServer.start(Transport.UDP);
        TestServer tcp = start(ListenerSettings.plain(Transport.TCP, udp.address(Transport.UDP)))) {
      assertThat(tcp.address(Transport.TCP)).isEqualTo(udp.address(Transport.UDP));
    }
  }
}
