package org.drawbridge.app.running;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.drawbridge.metrics.Counters;
import org.drawbridge.routing.value.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}, and HEAD, on a loopback address, in the text format of Prometheus; nothing
 * else. Requests are served on virtual threads.
 */
final class MetricsEndpoint implements AutoCloseable {

  private static final int BACKLOG = 16;
  private static final int NO_BODY = -1;

  private final HttpServer server;

  private MetricsEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens it; null stands for none.
   *
   * @throws StartFailure if the address is taken
   */
  static @Nullable MetricsEndpoint open(@Nullable HostPort bind, Counters counters)
      throws StartFailure {
    if (bind == null) {
      return null;
    }
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(bind.address(), bind.port()), BACKLOG);
      server.createContext("/", exchange -> serve(exchange, counters));
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new MetricsEndpoint(server);
    } catch (IOException e) {
      throw new StartFailure(
          "metrics on "
              + bind
              + ": "
              + e.getMessage()
              + ": take another port as metrics: bind (ss -lntp names who has this one)",
          e);
    }
  }

  private static void serve(HttpExchange exchange, Counters counters) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(404, NO_BODY);
      } else if (method.equals("GET") || method.equals("HEAD")) {
        answer(exchange, counters.text().getBytes(StandardCharsets.UTF_8), method.equals("HEAD"));
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, NO_BODY);
      }
    }
  }

  private static void answer(HttpExchange exchange, byte[] text, boolean isHead)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    if (isHead) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(text.length));
      exchange.sendResponseHeaders(200, NO_BODY);
    } else {
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
