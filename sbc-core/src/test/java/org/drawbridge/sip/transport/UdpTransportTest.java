package org.drawbridge.sip.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.FlowId;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.message.HostPort;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpTransportTest {
  private TestServer server;
  private DatagramSocket client;

  @BeforeEach
  void open() throws IOException {
    server = TestServer.start(Transport.UDP);
    client = new DatagramSocket(0, TestServer.LOOPBACK);
    client.setSoTimeout(60_000);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private void send(String text) throws IOException {
    byte[] bytes = Messages.bytes(text);
    client.send(new DatagramPacket(bytes, bytes.length, server.address(Transport.UDP)));
  }

  private String receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    client.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  @Test
  void stunBindingRequestsAreAnswered() throws IOException {
    byte[] request = HexFormat.of().parseHex("000100002112a442b7e7a701bc34d686fa87dfae");
    client.send(new DatagramPacket(request, request.length, server.address(Transport.UDP)));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    assertThat(answer.getLength()).isEqualTo(32);
    assertThat(answer.getData()).startsWith(1, 1, 0, 12);
    TestServer.await(() -> server.count(Transport.UDP, Kind.KEEP_ALIVES) == 1);
  }

  @Test
  void carriesMessagesBothWays() throws IOException {
    send(Messages.request("in"));
    RecordingSink.Received received = server.sink.message();
    assertThat(received.message().callId()).isEqualTo("in");
    assertThat(received.flow().remote()).isEqualTo(client.getLocalSocketAddress());
    received.flow().send(Messages.bytes(Messages.request("out")));
    assertThat(receive()).isEqualTo(Messages.request("out"));
  }

  @Test
  void garbageDoesNotSpoilTheNextMessage() throws IOException {
    send("this is garbage, not SIP\r\n\r\n");
    send(Messages.request("good"));
    assertThat(server.sink.message().message().callId()).isEqualTo("good");
    assertThat(server.sink.malformed().failure().reply()).isNull();
  }

  @Test
  void malformedRequestIsAnswered() throws IOException {
    send(Messages.badRequest("bad"));
    assertThat(receive()).startsWith("SIP/2.0 400 ").contains("Call-ID: bad");
    assertThat(server.sink.malformed().failure().status()).isEqualTo(400);
  }

  @Test
  void doubleCrlfIsAnsweredAndOtherKeepAlivesAreNot() throws IOException {
    send("\r\n");
    send("\0\0\0\0");
    send("\r\n\r\n");
    assertThat(receive()).isEqualTo("\r\n");
    TestServer.await(() -> server.count(Transport.UDP, Kind.KEEP_ALIVES) == 3);
    assertThat(server.sink.isSilent()).isTrue();
  }

  @Test
  void largestDatagramIsTaken() throws IOException {
    send(Messages.large("large", 60_000));
    assertThat(server.sink.message().message().bodyLength()).isEqualTo(60_000);
  }

  @Test
  void flowIsFoundByItsIdAfterRestart() throws IOException {
    send(Messages.request("first"));
    FlowId id = server.sink.message().flow().id();
    InetSocketAddress address = server.address(Transport.UDP);
    server.close();
    assertThat(server.transports.find(id)).isNull();

    ListenerSettings same = ListenerSettings.plain(Transport.UDP, address);
    server = TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of(same));
    Flow flow = requireNonNull(server.transports.find(id));
    flow.send(Messages.bytes(Messages.request("second")));
    assertThat(receive()).isEqualTo(Messages.request("second"));
  }

  @Test
  void obtainedFlowEqualsTheOneAMessageCameOn() throws Exception {
    Flow flow = server.flow(Transport.UDP, "127.0.0.1", client.getLocalPort());
    send(Messages.request("reply"));
    assertThat(server.sink.message().flow().id()).isEqualTo(flow.id());
    assertThat(flow.isOpen()).isTrue();
  }

  @Test
  void wildcardSocketKnowsWhichAddressThePeerSees() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
    try (TestServer wild =
        TestServer.start(
            TestServer.LIMITS,
            OutgoingTls.DEFAULT,
            List.of(ListenerSettings.plain(Transport.UDP, any)))) {
      int port = wild.address(Transport.UDP).getPort();
      Flow flow = wild.flow(Transport.UDP, "127.0.0.1", client.getLocalPort());
      assertThat(flow.local()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
      assertThat(flow.sentBy()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void advertisedAddressIsShown() throws Exception {
    ListenerSettings settings =
        new ListenerSettings(
            Transport.UDP,
            TestServer.anyPort(),
            new HostPort("sbc.example.com", -1),
            null,
            null,
            WebSocketRules.ANY);
    try (TestServer known =
        TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of(settings))) {
      Flow flow = known.flow(Transport.UDP, "127.0.0.1", 5060);
      assertThat(flow.sentBy())
          .isEqualTo("sbc.example.com:" + known.address(Transport.UDP).getPort());
    }
  }

  @Test
  void peerOfAnotherFamilyIsUnreachable() throws Exception {
    assertThat(server.unreachable(Transport.UDP, "2001:db8::1", 5060)).contains("2001:db8");
  }
}
