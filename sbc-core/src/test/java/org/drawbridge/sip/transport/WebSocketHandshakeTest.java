package org.drawbridge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drawbridge.sip.flow.CloseCause;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transport.TransportCounters.Kind;
import org.drawbridge.sip.transport.tls.OutgoingTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handshake byte by byte, and HTTP on the same port. */
class WebSocketHandshakeTest {
  private static final String HANDSHAKE =
      """
      GET /ws HTTP/1.1
      Host: sbc.example
      Connection: keep-alive, Upgrade
      Upgrade: websocket
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Protocol: sip
      Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
      Origin: https://phone.example.com

      """
          .replace("\n", "\r\n");

  private TestServer server;

  @BeforeEach
  void open() throws IOException {
    ListenerSettings settings =
        TestServer.webSocket(Set.of("/ws"), Set.of("https://phone.example.com"));
    server = TestServer.start(TestServer.LIMITS, OutgoingTls.DEFAULT, List.of(settings));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private StreamClient client() throws IOException {
    return StreamClient.connect(server.address(Transport.WS));
  }

  private String exchange(String request) throws IOException {
    try (StreamClient client = client()) {
      client.send(request);
      return client.readToEnd();
    }
  }

  @Test
  void agreesToSipAndToNoExtension() throws IOException {
    try (StreamClient client = client()) {
      client.send(HANDSHAKE);
      String head = client.readHead().toLowerCase(Locale.ROOT);
      assertThat(head)
          .startsWith("http/1.1 101 ")
          .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")
          .contains("sec-websocket-protocol: sip")
          .doesNotContain("extensions");
    }
  }

  @Test
  void takesATargetThatIsAWholeUri() throws IOException {
    try (StreamClient client = client()) {
      client.send(HANDSHAKE.replace("GET /ws", "GET ws://sbc.example/ws?a=/b"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
    for (String target : List.of("http://x/config.json", "https://x:8443/config.json?a=b")) {
      assertThat(exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("a.example");
    }
    for (String target : List.of("http://x", "http://x?a=/b")) {
      assertThat(exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("Drawbridge is running");
    }
  }

  @Test
  void takesTheCookiesOfAWholeCompanyButNotAnyNumber() throws IOException {
    String cookie = "Cookie: a=" + "x".repeat(3_900) + "\r\n";
    String lines = HANDSHAKE.strip() + "\r\n";
    try (StreamClient client = client()) {
      client.send(lines + cookie.repeat(3) + "\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
    assertThat(exchange(lines + cookie.repeat(5) + "\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("headers are too long");
  }

  @Test
  void picksSipAmongOtherSubprotocols() throws IOException {
    try (StreamClient client = client()) {
      client.send(
          HANDSHAKE.replace(
              "Protocol: sip", "Protocol: xmpp\r\nSec-WebSocket-Protocol: msrp, sip"));
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("protocol: sip\r\n");
    }
  }

  @Test
  void refusesWithoutSubprotocolSip() throws IOException {
    String without = HANDSHAKE.replace("Sec-WebSocket-Protocol: sip\r\n", "");
    assertThat(exchange(without)).startsWith("HTTP/1.1 400 ").contains("subprotocol \"sip\"");
    assertThat(exchange(HANDSHAKE.replace("Protocol: sip", "Protocol: sips")))
        .startsWith("HTTP/1.1 400 ");
    TestServer.await(() -> server.count(Transport.WS, Kind.REFUSED_UPGRADE) == 2);
    assertThat(server.sink.isSilent()).isTrue();
  }

  @Test
  void refusesOtherOriginsButNotClientsWithoutOne() throws IOException {
    String evil =
        HANDSHAKE.replace("https://phone.example.com", "https://phone.example.com.evil.example");
    assertThat(exchange(evil)).startsWith("HTTP/1.1 403 ").contains("origin");
    try (StreamClient client = client()) {
      client.send(HANDSHAKE.replaceFirst("Origin: [^\r]+\r\n", ""));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void refusesOtherPathsAndVersions() throws IOException {
    assertThat(exchange(HANDSHAKE.replace("/ws", "/other")))
        .startsWith("HTTP/1.1 404 ")
        .contains("path");
    assertThat(exchange(HANDSHAKE.replace("Version: 13", "Version: 7")))
        .startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("sec-websocket-version: 13");
    assertThat(exchange(HANDSHAKE.replaceFirst("Sec-WebSocket-Key: [^\r]+\r\n", "")))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void unmaskedFramesBreakTheProtocol() throws IOException {
    try (StreamClient client = client()) {
      client.send(HANDSHAKE);
      client.readHead();
      client.send("\u0001\u0002hi");
      client.readToEnd();
    }
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
  }

  @Test
  void vanishedPeerIsLostAndFinIsALeave() throws IOException {
    try (StreamClient client = client()) {
      client.send(HANDSHAKE);
      client.readHead();
    }
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.PEER_CLOSED);
    StreamClient crashing = client();
    crashing.send(HANDSHAKE);
    crashing.readHead();
    crashing.reset();
    assertThat(server.sink.closed().cause()).isEqualTo(CloseCause.LOST);
  }

  @Test
  void pagesAreServedOnTheSamePort() throws IOException {
    try (StreamClient client = client()) {
      client.send("GET /config.json HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(client.read(25)).isEqualTo("{\"domains\":[\"a.example\"]}");
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 404 ").contains("bin/sbc");
    }
  }

  @Test
  void requestsThatAreTooLargeOrNoneAreRefused() throws IOException {
    assertThat(exchange("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(exchange("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
    String upload = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";
    try (StreamClient client = client()) {
      client.send(upload);
      assertThat(client.readHead()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void slowRequestIsNotWaitedFor() throws IOException {
    server.close();
    ListenerSettings settings = TestServer.webSocket(Set.of(), Set.of());
    server =
        TestServer.start(
            TestServer.limits(Duration.ofMillis(200), 5, 5),
            OutgoingTls.DEFAULT,
            List.of(settings));
    assertThat(exchange("GET / HTTP/1.1\r\nHost:")).isEmpty();
    TestServer.await(() -> server.count(Transport.WS, Kind.TIMED_OUT) == 1);
  }
}
