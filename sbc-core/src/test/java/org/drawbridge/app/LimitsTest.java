package org.drawbridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.app.LimitsServer.ask;
import static org.drawbridge.app.LimitsServer.request;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.metrics.Sample;
import org.drawbridge.sip.flow.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bound of {@code docs/limits.md}: hit, answered as it says, counted where it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsTest {

  private static final String TARGET = "sip:1001@example.com";

  private LimitsServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = LimitsServer.start(directory);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<LimitsDoc.Row> rows() {
    return LimitsDoc.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyCounterThatIsDocumentedIsThere(LimitsDoc.Row row) {
    assertThat(row.counters()).isNotEmpty();
    for (LimitsDoc.Metric metric : row.counters()) {
      assertThat(server.counters().snapshot())
          .as(metric.toString())
          .anyMatch(
              sample ->
                  sample.name().equals(metric.name())
                      && (metric.value() == null || sample.value().equals(metric.value())));
    }
  }

  @Test
  void everyRowIsWalked() {
    Set<String> walked =
        Stream.of(Walk.values())
            .map(walk -> walk.row)
            .collect(Collectors.toCollection(HashSet::new));
    walked.addAll(LimitsDoc.WALKED_ELSEWHERE);
    assertThat(rows().map(LimitsDoc.Row::title).toList())
        .containsExactlyInAnyOrderElementsOf(walked);
  }

  @ParameterizedTest
  @MethodSource("walks")
  void hittingItIsAnsweredAndCounted(Walk walk) throws Exception {
    LimitsDoc.Row row = rows().filter(r -> r.title().equals(walk.row)).findFirst().orElseThrow();
    await(() -> connections() == 0);
    long before = count(row);
    walk.steps.walk(server);
    await(() -> count(row) > before);
    assertThat(count(row)).as("%s", row.counters()).isGreaterThan(before);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }

  private long connections() {
    return server.counters().snapshot().stream()
        .filter(sample -> sample.name().equals("drawbridge_connections"))
        .filter(sample -> !sample.value().equals("udp"))
        .mapToLong(Sample::amount)
        .sum();
  }

  static Walk[] walks() {
    return Walk.values();
  }

  private long count(LimitsDoc.Row row) {
    return server.counters().snapshot().stream()
        .filter(sample -> row.counters().stream().anyMatch(metric -> metric.is(sample)))
        .mapToLong(sample -> sample.amount())
        .sum();
  }

  /** What is done to hit a bound. */
  private interface Steps {
    void walk(LimitsServer server) throws Exception;
  }

  private enum Walk {
    DATAGRAM(
        "size of a message over UDP",
        server -> refused(server, Transport.UDP, options("X: a\r\n".repeat(9) + pad(24_000)), 513)),
    STREAM(
        "size of a message over TCP or TLS",
        server -> {
          try (TorturePeer peer = server.open(Transport.TCP)) {
            String answer = ask(peer, options("").replace("Length: 0", "Length: 30000"));
            assertThat(answer).startsWith("SIP/2.0 513 ");
            assertThat(peer.hear(30_000)).isEqualTo(TorturePeer.CLOSED);
          }
        }),
    FRAME(
        "size of a WebSocket frame or message",
        server -> {
          try (TorturePeer peer = server.open(Transport.WS)) {
            assertThat(ask(peer, "x".repeat(21_000))).isEqualTo(TorturePeer.CLOSED);
          }
        }),
    LINE(
        "start line or header with its folded lines",
        server -> refused(server, Transport.UDP, options("X: " + "x".repeat(8_200) + "\r\n"), 400)),
    URI(
        "Request-URI",
        server ->
            refused(
                server,
                Transport.UDP,
                request("OPTIONS", "sip:" + "a".repeat(4_100) + "@example.com", ""),
                414)),
    HEADERS(
        "header lines of a message",
        server -> refused(server, Transport.UDP, options("X: a\r\n".repeat(256)), 400)),
    VALUES(
        "values in one line of Via, Contact, Route, Record-Route",
        server ->
            refused(
                server,
                Transport.UDP,
                options("Route: " + "<sip:a;lr>, ".repeat(128) + "<sip:a;lr>\r\n"),
                400)),
    PARAMETERS(
        "parameters of one value or URI",
        server ->
            refused(
                server,
                Transport.UDP,
                options("Contact: <sip:a@b>" + ";x=y".repeat(65) + "\r\n"),
                400)),
    CONNECTIONS(
        "connections in all",
        server -> closedWith(server, "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3")),
    CONNECTIONS_OF_ADDRESS(
        "connections from one IPv4 address or IPv6 /64",
        server -> closedWith(server, "127.0.0.1", "127.0.0.1", "127.0.0.1")),
    HTTP(
        "HTTP request before a WebSocket: body",
        server -> {
          try (Socket socket = connect(server, Transport.WS, "127.0.0.1")) {
            String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n";
            socket.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));
            assertThat(text(socket)).startsWith("HTTP/1.1 413 ");
          }
        }),
    CONTACTS(
        "contacts of an account",
        server -> {
          try (TorturePeer peer = server.open(Transport.UDP)) {
            assertThat(server.register(peer, "1001", "sip:a@127.0.0.1:9", "secret"))
                .contains(" 200 ");
            assertThat(server.register(peer, "1001", "sip:b@127.0.0.1:9", "secret"))
                .contains(" 200 ")
                .doesNotContain("sip:a@127.0.0.1:9");
          }
        }),
    REGISTRATIONS(
        "registrations in all",
        server -> {
          try (TorturePeer peer = server.open(Transport.UDP)) {
            for (String user : new String[] {"1001", "1002"}) {
              String contact = "sip:" + user + "@127.0.0.1:9";
              assertThat(server.register(peer, user, contact, "secret")).contains(" 200 ");
            }
            assertThat(server.register(peer, "1003", "sip:c@127.0.0.1:9", "secret"))
                .contains(" 503 ")
                .contains("Retry-After");
          }
        }),
    LOGINS(
        "failed logins from an address",
        server -> {
          try (TorturePeer peer = server.open(Transport.UDP)) {
            for (int i = 0; i < 3; i++) {
              server.register(peer, "1004", "sip:d@127.0.0.1:9", "guess" + i);
            }
            assertThat(server.register(peer, "1004", "sip:d@127.0.0.1:9", "secret"))
                .contains(" 403 ");
          }
        });

    private final String row;
    private final Steps steps;

    Walk(String row, Steps steps) {
      this.row = row;
      this.steps = steps;
    }

    private static String options(String more) {
      return request("OPTIONS", TARGET, more);
    }

    private static String pad(int bytes) {
      return ("Y: " + "y".repeat(4_000) + "\r\n").repeat(bytes / 4_000);
    }

    private static void refused(LimitsServer server, Transport over, String request, int status)
        throws Exception {
      try (TorturePeer peer = server.open(over)) {
        assertThat(ask(peer, request)).startsWith("SIP/2.0 " + status + " ");
      }
    }

    /** Opens one connection from each of these addresses; the last one is closed at once. */
    private static void closedWith(LimitsServer server, String... from) throws Exception {
      Socket[] sockets = new Socket[from.length];
      try {
        for (int i = 0; i < from.length; i++) {
          sockets[i] = connect(server, Transport.TCP, from[i]);
          if (i < from.length - 1) {
            sockets[i].getOutputStream().write(options("").getBytes(StandardCharsets.UTF_8));
            assertThat(text(sockets[i])).startsWith("SIP/2.0 ");
          }
        }
        assertThat(sockets[from.length - 1].getInputStream().read()).isEqualTo(-1);
      } finally {
        for (Socket socket : sockets) {
          if (socket != null) {
            socket.close();
          }
        }
      }
    }

    private static Socket connect(LimitsServer server, Transport transport, String from)
        throws IOException {
      var to = server.address(transport);
      Socket socket = new Socket(to.getAddress(), to.getPort(), InetAddress.ofLiteral(from), 0);
      socket.setSoTimeout(30_000);
      return socket;
    }

    private static String text(Socket socket) throws IOException {
      byte[] bytes = new byte[4_096];
      int count = socket.getInputStream().read(bytes);
      return new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
    }
  }
}
