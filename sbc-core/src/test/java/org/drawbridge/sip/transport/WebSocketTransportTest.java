package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
  private TestServer server;
  private HttpClient http;
  private WebSocketPeer peer;

  @BeforeEach
  void open() throws IOException {
    server = TestServer.start(Transport.WS, Transport.WSS);
    http = HttpClient.newBuilder().sslContext(TestTls.client()).build();
    peer = new WebSocketPeer();
  }

  @AfterEach
  void close() {
    http.shutdownNow();
    server.close();
  }

  private WebSocket connect(Transport transport) throws Exception {
    InetSocketAddress address = server.address(transport);
    String scheme = transport == Transport.WSS ? "wss" : "ws";
    URI uri = URI.create(scheme + "://127.0.0.1:" + address.getPort() + "/any/path?x=1");
    return http.newWebSocketBuilder()
        .subprotocols("sip")
        .buildAsync(uri, peer)
        .get(60, TimeUnit.SECONDS);
  }

  private static void sendText(WebSocket socket, String text) throws Exception {
    socket.sendText(text, true).get(60, TimeUnit.SECONDS);
  }

  private void carriesMessagesBothWays(Transport transport) throws Exception {
    WebSocket socket = connect(transport);
    assertThat(socket.getSubprotocol()).isEqualTo("sip");
    sendText(socket, Messages.request("in"));
    RecordingSink.Received received = server.sink.message();
    assertThat(received.message().callId()).isEqualTo("in");
    assertThat(received.flow().transport()).isEqualTo(transport);
    received.flow().send(Messages.bytes(Messages.large("out", 30_000)));
    assertThat(peer.text()).isEqualTo(Messages.large("out", 30_000));
  }

  @Test
  void carriesMessagesBothWaysInClear() throws Exception {
    carriesMessagesBothWays(Transport.WS);
  }

  @Test
  void carriesMessagesBothWaysOverTls() throws Exception {
    carriesMessagesBothWays(Transport.WSS);
  }

  @Test
  void takesBinaryFrames() throws Exception {
    WebSocket socket = connect(Transport.WS);
    ByteBuffer message = ByteBuffer.wrap(Messages.bytes(Messages.request("binary")));
    socket.sendBinary(message, true).get(60, TimeUnit.SECONDS);
    assertThat(server.sink.message().message().callId()).isEqualTo("binary");
  }

  @Test
  void sendsWhatIsNotUtf8InBinaryFrames() throws Exception {
    WebSocket socket = connect(Transport.WS);
    sendText(socket, Messages.request("in"));
    Flow flow = server.sink.message().flow();
    byte[] latin =
        Messages.request("out").replace("body", "b\u00f6dy").getBytes(StandardCharsets.ISO_8859_1);
    flow.send(latin);
    assertThat(peer.binary()).isEqualTo(latin);
    flow.send(Messages.bytes("b\u00f6dy"));
    assertThat(peer.text()).isEqualTo("b\u00f6dy");
  }

  @Test
  void putsFragmentsTogether() throws Exception {
    WebSocket socket = connect(Transport.WS);
    String message = Messages.request("fragments");
    for (int i = 0; i < message.length() - 1; i++) {
      socket.sendText(message.substring(i, i + 1), false).get(60, TimeUnit.SECONDS);
    }
    sendText(socket, message.substring(message.length() - 1));
    assertThat(server.sink.message().message().callId()).isEqualTo("fragments");
  }

  @Test
  void doubleCrlfIsAnsweredByCrlfInATextFrame() throws Exception {
    WebSocket socket = connect(Transport.WS);
    sendText(socket, "\r\n\r\n");
    assertThat(peer.text()).isEqualTo("\r\n");
    sendText(socket, "\r\n");
    sendText(socket, Messages.request("after"));
    assertThat(server.sink.message().message().callId()).isEqualTo("after");
    TestServer.await(() -> server.count(Transport.WS, Kind.KEEP_ALIVES) == 2);
  }

  @Test
  void malformedMessageIsAnsweredAndTheNextOneWorks() throws Exception {
    WebSocket socket = connect(Transport.WS);
    sendText(socket, Messages.badRequest("bad"));
    assertThat(peer.text()).startsWith("SIP/2.0 400 ").contains("Call-ID: bad");
    sendText(socket, "no SIP at all, but some words");
    sendText(socket, Messages.request("good"));
    assertThat(server.sink.message().message().callId()).isEqualTo("good");
    TestServer.await(() -> server.count(Transport.WS, Kind.MALFORMED) == 2);
  }

  @Test
  void contentLengthMayBeLeftOut() throws Exception {
    WebSocket socket = connect(Transport.WS);
    sendText(socket, Messages.request("no-length").replace("Content-Length: 4\r\n", ""));
    assertThat(server.sink.message().message().bodyText()).isEqualTo("body");
  }

  @Test
  void oversizeFrameAndOversizeSumOfFragmentsCloseWith1009() throws Exception {
    sendText(connect(Transport.WS), "x".repeat(70_000));
    assertThat(peer.closeStatus()).isEqualTo(1009);
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
    WebSocket second = connect(Transport.WS);
    second.sendText("x".repeat(40_000), false).get(60, TimeUnit.SECONDS);
    sendText(second, "x".repeat(40_000));
    assertThat(peer.closeStatus()).isEqualTo(1009);
  }

  @Test
  void pingIsAnswered() throws Exception {
    connect(Transport.WS).sendPing(ByteBuffer.wrap(new byte[] {1, 2})).get(60, TimeUnit.SECONDS);
    assertThat(peer.pong()).containsExactly(1, 2);
  }

  @Test
  void peerThatSaysGoodbyeHasLeft() throws Exception {
    WebSocket socket = connect(Transport.WS);
    socket.sendClose(1001, "reload").get(60, TimeUnit.SECONDS);
    RecordingSink.Closed closed = server.sink.closed();
    assertThat(closed.cause()).isEqualTo(CloseCause.PEER_CLOSED);
    assertThat(closed.reason()).contains("1001").contains("reload");
  }

  @Test
  void peerIsToldWhyWeClose() throws Exception {
    WebSocket socket = connect(Transport.WS);
    sendText(socket, Messages.request("in"));
    server.sink.message().flow().close("replaced");
    assertThat(peer.closeStatus()).isEqualTo(1000);
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.CLOSED_HERE);
  }

  @Test
  void shutdownSaysGoingAway() throws Exception {
    sendText(connect(Transport.WS), Messages.request("in"));
    server.sink.message();
    server.close();
    assertThat(peer.closeStatus()).isEqualTo(1001);
  }
}
