package org.drawbridge.routeservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.drawbridge.metrics.Counters;
import org.drawbridge.metrics.Sample;
import org.drawbridge.routing.condition.KnownFacts;
import org.drawbridge.routing.condition.Offer;
import org.drawbridge.routing.config.reader.ConfigReader;
import org.drawbridge.routing.config.reader.ConfigResult;
import org.drawbridge.routing.rule.CallSource;
import org.drawbridge.routing.rule.Party;
import org.drawbridge.routing.rule.RouteDecision;
import org.drawbridge.routing.rule.RouteQuery;
import org.drawbridge.routing.rule.RouteQuestion;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.value.Transport;
import org.drawbridge.sim.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Questions to a service of our own over the loopback. */
@Timeout(120)
final class HttpRouteServicesTest {

  private static final String QUESTIONS = "drawbridge_route_service_questions_total";

  private final Counters counters = new Counters();
  private final HttpRouteServices services = new HttpRouteServices(counters);
  private final CountDownLatch over = new CountDownLatch(1);
  private final CompletableFuture<JsonNode> asked = new CompletableFuture<>();
  private HttpServer server;

  /** What the service does with a question. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    services.close();
    server.stop(0);
  }

  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.complete(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
          answer.to(exchange);
          exchange.close();
        });
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private RouteQuestion question(String path) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return question(url, "10s");
  }

  private RouteQuestion impatientQuestion() {
    return question("http://127.0.0.1:" + server.getAddress().getPort() + "/", "500ms");
  }

  private static RouteQuestion question(String url, String timeout) {
    return question(url, timeout, new CallSource.Registered("1001", "example.com"));
  }

  private static RouteQuestion question(String url, String timeout, CallSource caller) {
    ConfigResult result =
        ConfigReader.parse(
            """
            domains: [example.com]
            listeners: { transport: udp, bind: "0.0.0.0:5060" }
            routes:
              - name: asking
                when: { from: any }
                to: { http: "%s", timeout: %s, headers: [ X-Customer, X-None ] }
              - { name: fallback, reject: { code: 486 } }
            """
                .formatted(url, timeout),
            "test.yaml",
            _ -> null);
    RouteTable table = RouteTable.compile(((ConfigResult.Loaded) result).config());
    var facts =
        new KnownFacts(
            InetAddress.ofLiteral("192.0.2.11"),
            Transport.TLS,
            List.of(new KnownFacts.Header("X-Customer", "gold")),
            Offer.NONE);
    var query =
        new RouteQuery(
            caller,
            "INVITE",
            new Party("+4930", "example.com"),
            new Party("500", "other.example"),
            facts);
    return (RouteQuestion) table.consult(query);
  }

  private RouteDecision decision(RouteQuestion question) throws Exception {
    CompletableFuture<RouteDecision> decided = new CompletableFuture<>();
    services.ask(question, "call-1", Runnable::run, decided::complete);
    return decided.get(60, TimeUnit.SECONDS);
  }

  private void assertFallback(RouteQuestion question) throws Exception {
    assertThat(decision(question).route()).isEqualTo("fallback");
    assertThat(counters.get(QUESTIONS, "failed")).isEqualTo(1);
    assertThat(counters.get(QUESTIONS, "answered")).isZero();
  }

  @Test
  void theServiceIsToldOfTheRequestAndDecides() throws Exception {
    serve("/", exchange -> send(exchange, 200, "{\"reject\":{\"code\":603,\"reason\":\"No\"}}"));

    assertThat(decision(question("/"))).isEqualTo(new RouteDecision.Refuse(603, "No", "asking"));
    assertThat(counters.get(QUESTIONS, "answered")).isEqualTo(1);
    assertThat(asked.join())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    { "route": "asking", "method": "INVITE", "call-id": "call-1",
                      "from": { "account": "1001@example.com" },
                      "caller": "+4930", "from-domain": "example.com",
                      "to": "500", "to-domain": "other.example",
                      "source": "192.0.2.11", "transport": "tls",
                      "headers": { "X-Customer": [ "gold" ], "X-None": [] } }
                    """));
  }

  @Test
  void anErrorOfTheServiceLeadsToTheFallback() throws Exception {
    serve("/", exchange -> send(exchange, 500, "{\"reject\":{\"code\":603}}"));
    assertFallback(question("/"));
  }

  @Test
  void anAnswerThatIsWrongLeadsToTheFallback() throws Exception {
    serve("/", exchange -> send(exchange, 200, "{\"to\":{\"trunk\":\"nobody\"}}"));
    assertFallback(question("/"));
  }

  @Test
  void anAnswerThatIsTooLongLeadsToTheFallback() throws Exception {
    String padding = " ".repeat(65_536);
    serve("/", exchange -> send(exchange, 200, "{\"reject\":{\"code\":603}}" + padding));
    assertFallback(question("/"));
  }

  @Test
  void aServiceThatIsSilentLeadsToTheFallback() throws Exception {
    serve("/", _ -> await());
    assertFallback(impatientQuestion());
  }

  @Test
  void aServiceThatBeginsAndDoesNotEndLeadsToTheFallback() throws Exception {
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        });
    assertFallback(impatientQuestion());
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRedirectionIsNotFollowed() throws Exception {
    serve("/away", exchange -> send(exchange, 200, "{\"reject\":{\"code\":603}}"));
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/away");
          exchange.sendResponseHeaders(307, -1);
        });
    assertFallback(question("/"));
  }

  @Test
  void aServiceThatIsNotThereLeadsToTheFallback() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (LogLines log = LogLines.of("org.drawbridge.refused.route")) {
      assertFallback(question("http://127.0.0.1:" + port + "/", "10s"));
      assertThat(log.lines())
          .anyMatch(line -> line.matches(".*reason=\"cannot connect: \\w+ \\w+.*"));
    }
  }

  @Test
  void aServiceOfAnUnknownNameIsToldInWords() throws Exception {
    try (LogLines log = LogLines.of("org.drawbridge.refused.route")) {
      assertFallback(question("http://nowhere.invalid/", "10s"));
      assertThat(log.lines())
          .anyMatch(line -> line.contains("no address is known for the name of the host"));
    }
  }

  /** Who can call without an end would else have every call of others decided without an answer. */
  @Test
  void oneAccountOrAllStrangersHaveAShareOfTheOpenQuestions() throws Exception {
    serve("/", _ -> await());
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    CallSource account = new CallSource.Registered("1001", "example.com");
    CallSource stranger = new CallSource.Anonymous(InetAddress.ofLiteral("198.51.100.1"));
    List<RouteQuestion> questions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      questions.add(question(url, "10s", account));
      CallSource other = new CallSource.Anonymous(InetAddress.ofLiteral("192.0.2." + i));
      questions.add(question(url, "10s", other));
    }
    RouteQuestion full = question(url, "10s", account);
    RouteQuestion fullToo = question(url, "10s", stranger);
    RouteQuestion another = question(url, "10s", new CallSource.Registered("1002", "example.com"));
    RouteQuestion ofTrunk = question(url, "10s", new CallSource.FromTrunk("acme"));
    questions.forEach(this::ask);
    assertThat(ask(full).get(60, TimeUnit.SECONDS).route()).isEqualTo("fallback");
    assertThat(ask(fullToo).get(60, TimeUnit.SECONDS).route()).isEqualTo("none");
    assertThat(List.of(ask(another), ask(ofTrunk))).noneMatch(CompletableFuture::isDone);
    assertThat(counters.get(QUESTIONS, "failed")).isEqualTo(2);
  }

  /** Asks, and comes back when the question is open or refused. */
  private CompletableFuture<RouteDecision> ask(RouteQuestion question) {
    CompletableFuture<RouteDecision> decided = new CompletableFuture<>();
    long open = open();
    services.ask(question, "call-1", Runnable::run, decided::complete);
    while (open() == open && !decided.isDone()) {
      Thread.onSpinWait();
    }
    return decided;
  }

  private long open() {
    return counters.snapshot().stream()
        .filter(sample -> sample.name().equals("drawbridge_route_service_open"))
        .mapToLong(Sample::amount)
        .sum();
  }
}
