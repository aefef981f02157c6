package org.drawbridge.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routing.value.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program that watches us may ask for. */
final class MetricsEndpointTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private MetricsEndpoint endpoint;
  private int port;

  @BeforeEach
  void open() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      port = free.getLocalPort();
    }
    Counters counters = new Counters();
    counters.gauge("drawbridge_some", "Some", () -> 7);
    endpoint = Objects.requireNonNull(MetricsEndpoint.open(new HostPort(LOOPBACK, port), counters));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString());
    }
  }

  private static long length(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  @Test
  void aPortThatIsTakenComesWithAdvice() {
    assertThatThrownBy(() -> MetricsEndpoint.open(new HostPort(LOOPBACK, port), new Counters()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("metrics on 127.0.0.1:" + port)
        .hasMessageContaining("take another port as metrics: bind");
  }

  @Test
  void getHasAllCounters() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("drawbridge_some 7\n");
  }

  @Test
  void headHasTheHeadersOfGetAlone() throws Exception {
    HttpResponse<String> answer = ask("HEAD", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(length(answer)).isEqualTo(length(ask("GET", "/metrics")));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    HttpResponse<String> refusal = ask("DELETE", "/metrics");
    assertThat(refusal.statusCode()).isEqualTo(405);
    assertThat(refusal.headers().firstValue("Allow")).contains("GET, HEAD");
  }
}
